using System.Text.Json;
using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Fields;
using Tributary.Core.Jobs;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Search;
using Tributary.Core.Storage;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Lists;

/// <summary>A workspace full of deals with every kind of value, with gaps and ties; the same ones in every run.</summary>
internal sealed record RandomDeals(SomeWorkspace Some, WorkspaceCatalog Catalog, IReadOnlyList<Deal> Deals)
{
    private static readonly (string Key, FieldType Type)[] Custom =
    [
        (Key('a'), FieldType.Varchar), (Key('b'), FieldType.Double), (Key('c'), FieldType.Monetary), (Key('d'), FieldType.Date),
        (Key('e'), FieldType.Set), (Key('f'), FieldType.Enum),
    ];

    private static readonly string[] Texts =
        ["Alpha", "alpha two", "Ärger & Söhne", "100%_done\\", "Zoë", "zebra", "日本語 deal", "🙂 big 🙂", "\uFFFDx", "Straße",
            "\"quoted\" it's"];
    private static readonly string[] Parts = ["alpha", "A", "ö", "o", "%", "_", "\\", "日本", "🙂", "🙂 b", "ss", "\"", "'", "zz", "ph"];

    public static async Task<RandomDeals> In(Backend backend, int count) => await In(await Backends.Open(backend), count);

    public static async Task<RandomDeals> In(Db db, int count)
    {
        var some = await Support.Some.Workspace(db);
        await using var tx = await some.Db.Write(some.Id, CancellationToken.None);
        var fieldIds = await AddFields(tx);
        await tx.Run("UPDATE stages SET rotten_days = 3 WHERE workspace_id = @Workspace AND id = @id",
            new { tx.Workspace, id = some.Stages[0] });
        await tx.CatalogHasChanged();

        var random = new Random(7);
        var deals = new List<Deal>();
        for (var i = 0; i < count; i++)
        {
            var deal = One(random, some, await tx.NextId("deal_ids"), tx);
            await DealStore.Insert(tx, deal);
            await SearchTexts.Put(tx, "deal", deal.Id, "title", 0, deal.Title);
            await SearchTexts.Put(tx, "deal", deal.Id, "description", 0, deal.Description);
            await SearchTexts.Put(tx, "deal", deal.Id, "custom", fieldIds[0], deal.Custom[Custom[0].Key]?.GetString());
            deals.Add(deal);
        }
        await tx.Commit();

        await using var read = await some.Db.Read(some.Id, CancellationToken.None);
        return new(some, await read.Catalog(), deals);
    }

    /// <summary>The same workspace with all of its custom fields indexed, as an admin asks for it and the job does it.</summary>
    public async Task<RandomDeals> Indexed()
    {
        foreach (var field in Catalog.Fields) await new FieldService(Some.Db)
            .Update(Some.Admin, field.Id, new() { IsIndexed = true }, CancellationToken.None);
        await Settled.Log(Some);
        while (await new JobService(Some.Db).Step(Some.Id, CancellationToken.None)) continue;
        await using var read = await Some.Db.Read(Some.Id, CancellationToken.None);
        return this with { Catalog = await read.Catalog() };
    }

    public Condition Condition(Random random, int depth = 0) => random.Next(depth > 2 ? 5 : 8) switch
    {
        5 => new Condition.And([Condition(random, depth + 1), Condition(random, depth + 1)]),
        6 => new Condition.Or([Condition(random, depth + 1), Condition(random, depth + 1)]),
        7 => new Condition.Not(Condition(random, depth + 1)),
        _ => Test(random),
    };

    public static Seq<SortKey> Sort(Random random)
    {
        string[] names =
        [
            "id", "added_at", "title", "value", "expected_close", "owner_id", "status", "probability", "weighted_value", "closed_at",
            "stage_entered_at",
            "lost_reason", "uid", "source", .. Custom.Where(field => field.Type is not FieldType.Set)
                .Select(field => $"custom.{field.Key}"),
        ];
        return [.. Enumerable.Range(0, random.Next(4)).Select(_ => new SortKey(Pick(random, names), random.Next(2) == 0))];
    }

    private Condition.Is Test(Random random)
    {
        string[] names =
        [
            "title", "description", "value", "weighted_value", "probability", "status", "stage_id", "owner_id", "expected_close",
            "added_at", "closed_at", "is_rotten",
            "days_in_stage", "label_ids", "competitors", "lost_reason", "uid", "source", .. Custom.Select(field => $"custom.{field.Key}"),
            $"custom.{Custom[2].Key}.currency",
        ];
        var name = Pick(random, names);
        var field = ListSources.Deals.Find(name, Catalog)!;
        var @operator = Pick(random, [.. Operators.Of(field.Kind)]);
        var (least, most) = Operators.Arity(@operator);
        var count = Math.Min(most, Math.Max(least, random.Next(1, 4)));
        return new(name, @operator, [.. Enumerable.Range(0, count).Select(_ => Value(random, field, @operator))]);
    }

    private Operand Value(Random random, ListField field, Operator @operator)
    {
        if (@operator is Operator.Within)
        {
            return Pick<string>(random,
                ["today", "yesterday", "this_week", "last_month", "next_quarter", "this_year", "last_7_days", "next_30_days"]);
        }
        if (@operator is Operator.Contains or Operator.NotContains or Operator.StartsWith or Operator.EndsWith)
        {
            return Pick<string>(random, Parts);
        }
        if (@operator is Operator.Equal or Operator.NotEqual or Operator.In && random.Next(8) == 0) return Operand.None;
        return field.Kind switch
        {
            FieldKind.Text or FieldKind.Words => Pick(random, Texts),
            FieldKind.Word => Pick<string>(random, field.Words is { } words ? [.. words.Order(StringComparer.Ordinal)] : ["EUR", "USD"]),
            FieldKind.Whole when field.Name == "stage_id" => Pick<long>(random, [.. Some.Stages]),
            FieldKind.Whole when field.Name == "owner_id" => Some.Member.UserId!.Value,
            FieldKind.Whole or FieldKind.Ids => (long)random.Next(0, 6),
            FieldKind.Amount => Pick<decimal>(random, [0m, 100m, 100.5m, 33.33333m, 1e25m, -1e25m, 50m]),
            FieldKind.Number => Pick<decimal>(random, [0m, 1.5m, 2m, -3m]),
            FieldKind.Instant => random.Next(2) == 0 ? At(random) : DateOnly.FromDateTime(At(random).UtcDateTime),
            FieldKind.Day => OnDay(random),
            FieldKind.Flag => random.Next(2) == 0,
            FieldKind.Uid => Pick(random, [.. Deals]).Uid,
        };
    }

    private static async Task<List<long>> AddFields(Tx tx)
    {
        var ids = new List<long>();
        foreach (var (key, type) in Custom)
        {
            var id = await tx.NextId("field_ids");
            await tx.Run($"""
                INSERT INTO fields (workspace_id, id, uid, subject, key, slug, name, type, options, settings, position, added_at,
                    updated_at, version)
                VALUES (@Workspace, @id, @uid, 'deal', @key, @slug, @slug, @type, {tx.Sql.Json("none")}, {tx.Sql.Json("settings")}, 1, @Now,
                    @Now, 1)
                """, new { tx.Workspace, id, uid = tx.NextUid(), key, slug = $"field_{key[0]}", type = $"{type}".ToLowerInvariant(), none = "[]", settings = "{}", tx.Now });
            ids.Add(id);
        }
        return ids;
    }

    private static Deal One(Random random, SomeWorkspace some, long id, Tx tx)
    {
        var status = Pick(random, [DealStatus.Open, DealStatus.Won, DealStatus.Lost]);
        return new()
        {
            Id = id,
            Uid = tx.NextUid(),
            Number = $"DEAL-2026-{id:00000}",
            Title = Pick(random, Texts),
            Description = Maybe(random, Pick(random, Texts)),
            Value = random.Next(3) == 0 ? null : Pick(random, [0m, 100m, 100.5m, 33.3333m, 999_999_999_999.9999m]),
            Currency = "EUR",
            PipelineId = some.PipelineId,
            StageId = Pick(random, [.. some.Stages]),
            Status = status,
            Probability = random.Next(2) == 0 ? null : Pick(random, [0m, 50m, 33.33m, 100m]),
            Priority = DealPriority.Medium,
            OwnerId = Pick(random, [null, some.Member.UserId, some.Admin.UserId]),
            ExpectedClose = random.Next(3) == 0 ? null : OnDay(random),
            ClosedAt = status is DealStatus.Open ? null : At(random),
            StageChangedAt = random.Next(2) == 0 ? null : At(random),
            LostReason = status is DealStatus.Lost ? Pick(random, ["Price", "price too HIGH", "", "É"]) : null,
            Competitors = Pick<Seq<string>>(random, [[], ["Alpha"], ["Alpha", "Zoë"]]),
            Source = Maybe(random, Pick(random, Texts)),
            LabelIds = Pick<Seq<long>>(random, [[], [1], [1, 2], [12, 5]]),
            VisibleTo = 7,
            Custom = CustomOf(random),
            Origin = "API",
            Provenance = "test",
            SourceType = "api",
            TouchedAt = At(random),
            AddedAt = At(random),
            UpdatedAt = At(random),
            Version = 1,
        };
    }

    private static CustomValues CustomOf(Random random)
    {
        object?[] values =
        [
            Maybe(random, Pick(random, Texts)),
            Pick<object?>(random, [null, 1.5, 2, -3]),
            Pick<object?>(random, [null, new { value = 2, currency = "EUR" }, new { value = 1.5, currency = "USD" }]),
            Pick<object?>(random, [null, "2026-11-20", "2026-10-01"]),
            Pick<object?>(random, [null, new[] { 1, 2 }, new[] { 3 }]),
            Pick<object?>(random, [null, 1, 2]),
        ];
        return CustomValues.Of(values.Select((value, i) => KeyValuePair.Create(Custom[i].Key, JsonSerializer.SerializeToElement(value))));
    }

    // Few moments, so that there are ties; some on the edge of a day.
    private static DateTimeOffset At(Random random) => TestClock.Start.AddDays(random.Next(-9, 3)).AddHours(Pick(random, [0, 5, -9]));

    private static DateOnly OnDay(Random random) => new DateOnly(2026, 11, 20).AddDays(random.Next(-40, 40) / 5 * 5);

    private static string? Maybe(Random random, string text) => random.Next(3) == 0 ? null : text;

    private static T Pick<T>(Random random, T[] from) => from[random.Next(from.Length)];

    private static string Key(char digit) => new(digit, 40);
}
