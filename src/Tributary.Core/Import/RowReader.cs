using Tributary.Core.Kernel;

namespace Tributary.Core.Import;

/// <summary>What a row became: a record with warnings, or every reason why none.</summary>
public sealed record RowRead<T>(T? Record, IReadOnlyList<FieldError> Reasons, IReadOnlyList<string> Warnings)
    where T : class;

/// <summary>Turns rows into records by a mapping. Pure: it neither looks anything up nor knows what exists.</summary>
public sealed class RowReader
{
    /// <summary>What a title is joined with when no column holds one.</summary>
    private const string TitleJoin = " – ";

    private readonly ImportMapping mapping;
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ColumnMapping> columns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StageMeaning> stages = new(StringComparer.Ordinal);
    private readonly int idPlace;

    public RowReader(ImportMapping mapping, IReadOnlyList<string> headers)
    {
        this.mapping = mapping;
        var at = headers.Select((header, place) => (header, place))
            .ToDictionary(pair => pair.header, pair => pair.place, StringComparer.Ordinal);
        var errors = new List<FieldError>();
        foreach (var (header, column) in mapping.Columns)
        {
            if (!at.TryGetValue(header, out var place))
                errors.Add(new($"columns.{header}", $"The file has no column \"{header}\"; it has: {string.Join(", ", headers)}."));
            else if (!places.TryAdd(column.Field, place))
                errors.Add(new($"columns.{header}", $"Two columns are mapped to {column.Field}."));
            columns[column.Field] = column;
        }

        idPlace = -1;
        if (mapping.ExternalId is { } id && !at.TryGetValue(id.Column, out idPlace))
            errors.Add(new("external_id.column", $"The file has no column \"{id.Column}\"; it has: {string.Join(", ", headers)}."));
        if (errors.Count > 0) throw Problem.Invalid(errors);

        foreach (var (word, meaning) in mapping.Stages) stages[NearName.Squeeze(word)] = meaning;
    }

    public RowRead<ImportedDeal> Deal(ImportRow row) => Read(row, (cell, basics) =>
    {
        var (stage, status) = StageAndStatus(cell);
        var (value, currency) = cell.Money("value");
        var (product, organization, person) = (cell.Text("product"), cell.Text("organization"), cell.Text("person"));
        var title = cell.Text("title") ?? Title(product, organization ?? person) ?? (basics.ExternalId is { } id ? $"Deal {id}" : null);
        if (title is null)
            cell.Refuse("title", "The row has no title, and no product, organization, person or external id to make one from.");

        var (closedAt, expectedClose) = Close(cell, status);
        if (basics.AddedAt > closedAt) cell.Warnings.Add("closed before it was added");
        if (status != ImportedStatus.Open && closedAt is null) cell.Warnings.Add("closed without a close date");
        if (value < 0) cell.Warnings.Add("negative value");

        return new ImportedDeal
        {
            Basics = basics,
            Title = title ?? "",
            Value = value,
            Currency = currency,
            Pipeline = cell.Text("pipeline") ?? mapping.Pipeline,
            Stage = stage,
            Status = status,
            Probability = cell.Percentage("probability"),
            Organization = organization,
            Person = person,
            PersonEmail = cell.Text("person_email"),
            Product = product,
            ExpectedClose = expectedClose,
            ClosedAt = closedAt,
            WonReason = status == ImportedStatus.Won ? cell.Text("won_reason") : null,
            LostReason = status == ImportedStatus.Lost ? cell.Text("lost_reason") : null,
            Source = cell.Text("source"),
            DealType = cell.Text("deal_type"),
        };
    });

    /// <summary>The words of a row that tell its stage; rows with the same ones are in the same.</summary>
    public (string? Pipeline, string? Stage) StageWords(ImportRow row)
    {
        if (row.Reason is not null) return default;
        var cell = new Cell(mapping, places, columns, row);
        return (cell.Text("pipeline"), cell.Text("stage"));
    }

    public RowRead<ImportedOrganization> Organization(ImportRow row) => Read(row, (cell, basics) =>
    {
        var (revenue, currency) = cell.Money("annual_revenue");
        return new ImportedOrganization
        {
            Basics = basics,
            Name = Name(cell),
            Industry = cell.Text("industry"),
            AnnualRevenue = revenue,
            Currency = currency,
            Employees = cell.Whole("employees"),
            Address = cell.Text("address"),
            Website = cell.Text("website"),
            Phone = cell.Text("phone"),
            Parent = cell.Text("parent"),
        };
    });

    public RowRead<ImportedPerson> Person(ImportRow row) => Read(row, (cell, basics) => new ImportedPerson
    {
        Basics = basics,
        Name = Name(cell),
        Email = cell.Text("email"),
        Phone = cell.Text("phone"),
        Organization = cell.Text("organization"),
        JobTitle = cell.Text("job_title"),
    });

    public RowRead<ImportedProduct> Product(ImportRow row) => Read(row, (cell, basics) =>
    {
        var (price, currency) = cell.Money("price");
        return new ImportedProduct
        {
            Basics = basics,
            Name = Name(cell),
            Code = cell.Text("code"),
            Category = cell.Text("category"),
            Price = price,
            Currency = currency,
            Unit = cell.Text("unit"),
            Tax = cell.Percentage("tax"),
            Active = cell.Boolean("active"),
            Prices = cell.Prices(),
            Billing = cell.Billing("billing_frequency"),
            Cycles = cell.Whole("billing_cycles"),
        };
    });

    public RowRead<ImportedUser> User(ImportRow row) => Read(row, (cell, basics) => new ImportedUser
    {
        Basics = basics,
        Name = Name(cell),
        Email = cell.Text("email"),
        Role = cell.Text("role"),
        Manager = cell.Text("manager"),
        Team = cell.Text("team"),
        Active = cell.Boolean("active"),
    });

    private RowRead<T> Read<T>(ImportRow row, Func<Cell, ImportedBasics, T> build)
        where T : class
    {
        if (row.Reason is not null) return new(null, [new("row", row.Reason)], []);

        var cell = new Cell(mapping, places, columns, row);
        var externalId = idPlace < 0 ? null : row.Cells[idPlace].Trim();
        if (externalId is "")
            cell.Refuse("external_id", $"The column \"{mapping.ExternalId!.Column}\" is empty; a second run could not find the record.");
        var record = build(cell, new()
        {
            Line = row.Line,
            ExternalId = externalId,
            Id = Id(cell),
            Uid = cell.Uid(),
            Owner = cell.Text("owner"),
            AddedAt = cell.Instant("added_at"),
            Description = cell.Text("description"),
            Tags = cell.Tags(),
            Custom = cell.Custom(),
        });
        return cell.Reasons.Count > 0 ? new(null, cell.Reasons, []) : new(record, [], cell.Warnings);
    }

    /// <summary>
    /// A stage word the mapping explains means what it says there; a won or lost word states the status and no stage; any other is the
    /// name of a stage, in which the deal is open unless a status column says otherwise.
    /// </summary>
    private (string? Stage, ImportedStatus Status) StageAndStatus(Cell cell)
    {
        var status = cell.Status("status");
        if (cell.Text("stage") is not { } word) return (null, status ?? ImportedStatus.Open);
        if (!stages.TryGetValue(NearName.Squeeze(word), out var meaning))
        {
            var read = ConvertWord.Status(word);
            meaning = !read.IsRefused && read.Value != ImportedStatus.Open ? new(null, read.Value) : new(word, ImportedStatus.Open);
        }

        if (meaning.Status != ImportedStatus.Open && status is { } stated && stated != meaning.Status)
            cell.Refuse("status", $"The stage \"{word}\" and the status contradict each other.");
        return (meaning.Stage, meaning.Status == ImportedStatus.Open ? status ?? ImportedStatus.Open : meaning.Status);
    }

    /// <summary>
    /// A "close date" is when a closed deal was closed and when an open one is expected to close: Salesforce and HubSpot use one
    /// column for both.
    /// </summary>
    private static (DateTimeOffset? ClosedAt, DateOnly? ExpectedClose) Close(Cell cell, ImportedStatus status)
    {
        var closeDate = cell.Instant("close_date");
        var (won, lost, expected) = (cell.Instant("won_at"), cell.Instant("lost_at"), cell.Date("expected_close"));
        return status switch
        {
            ImportedStatus.Open => (null, expected ?? (closeDate is { } day ? DateOnly.FromDateTime(day.UtcDateTime) : null)),
            ImportedStatus.Won => (won ?? closeDate, expected),
            ImportedStatus.Lost => (lost ?? closeDate, expected),
        };
    }

    private static string? Title(string? product, string? account) =>
        product is null && account is null ? null : string.Join(TitleJoin, new[] { product, account }.Where(part => part is not null));

    private static string Name(Cell cell)
    {
        var parts = new[] { cell.Text("first_name"), cell.Text("last_name") }.Where(part => part is not null);
        var name = cell.Text("name") ?? string.Join(' ', parts);
        if (name.Length == 0 && cell.Text("email") is { } email) return email;
        if (name.Length == 0) cell.Refuse("name", "The row has no name.");
        return name;
    }

    private static long? Id(Cell cell)
    {
        var id = cell.Whole("id");
        if (id <= 0) cell.Refuse("id", "An id is a whole number above 0.");
        return id;
    }
}
