using System.Globalization;
using System.Text.Json;
using Tributary.Core.Catalog;
using Tributary.Core.Contacts;
using Tributary.Core.Kernel;
using Tributary.Core.Products;
using Tributary.Core.Storage;
using Tributary.Core.Users;

namespace Tributary.Core.Import;

/// <summary>
/// Finds what the names in rows mean, and does with those that mean nothing what the mapping says: create, refuse, or leave
/// empty. A near name is taken only when the mapping says so, and counted in any case.
/// </summary>
internal sealed class ImportNames(Caller caller, ImportMapping mapping, ImportTally tally)
{
    /// <summary>
    /// RFC 2606 keeps this ending from ever being anyone's; a user with such an address cannot sign in until given a real one.
    /// </summary>
    private const string NoMailbox = "import.invalid";

    private readonly Dictionary<ImportNoun, NameBook> books = [];
    private readonly Dictionary<ImportNoun, HashSet<string>> created =
        Enum.GetValues<ImportNoun>().ToDictionary(noun => noun, _ => new HashSet<string>(StringComparer.Ordinal));
    private readonly List<(ImportNoun Noun, string Folded, long? Id)> journal = [];
    private readonly Dictionary<(ImportNoun, string), NearPair> lookedLike = [];

    public NameBook Of(ImportNoun noun) => books[noun];

    /// <summary>How many of each kind rows made necessary.</summary>
    public IReadOnlyDictionary<ImportNoun, long> Created =>
        created.Where(pair => pair.Value.Count > 0).ToDictionary(pair => pair.Key, pair => (long)pair.Value.Count);

    /// <summary>Reads the names of everything that rows of this kind may name. One pass, then no more questions.</summary>
    public async Task Load(Tx tx, ImportKind kind)
    {
        var users = books[ImportNoun.Users] = new();
        foreach (var user in (await tx.Catalog()).Users)
        {
            users.Load(user.Id, user.Name);
            users.Alias(user.Id, user.Email);
        }
        if (kind is not (ImportKind.Users or ImportKind.Products))
        {
            await Read(ImportNoun.Organizations, ImportStore.Organizations(tx), _ => []);
        }
        if (kind is ImportKind.Deals or ImportKind.Persons) await Read(ImportNoun.Persons, ImportStore.Persons(tx), Addresses);
        if (kind is ImportKind.Deals or ImportKind.Products)
        {
            await Read(ImportNoun.Products, ImportStore.Products(tx), code => code is null ? [] : [code]);
        }
    }

    public async Task<long?> User(Tx tx, string? name, long line, string field = "owner") => name is null ? null
        : await Resolve(ImportNoun.Users, name, field, line, written => NewUser(tx, written, Role.Member, null));

    public async Task<long?> Organization(Tx tx, string? name, long line) => name is null ? null
        : await Resolve(ImportNoun.Organizations, name, "organization", line,
            async written => (await OrganizationService.Create(tx, caller, new() { Name = written })).Id);

    /// <summary>By address before by name: the address tells two people of one name apart.</summary>
    public async Task<long?> Person(Tx tx, string? name, string? email, long? org, long line)
    {
        var book = Of(ImportNoun.Persons);
        if (email is not null && book.Find(email, "person_email") is { } known) return known;
        if ((name ?? email) is not { } called) return null;
        return await Resolve(ImportNoun.Persons, called, "person", line, async written =>
        {
            var person = await PersonService.Create(tx, caller,
                new() { Name = written, OrgId = org, Emails = email is null ? [] : (Seq<ContactPoint>)[new(email, Primary: true)] });
            if (email is not null) book.Add(person.Id, email);
            return person.Id;
        });
    }

    /// <summary>Looks up the contacts that rows are going to name, those that are known, in a statement each.</summary>
    public async Task Foresee(Tx tx, IEnumerable<string?> organizations, IEnumerable<string?> persons)
    {
        if (tx.Bulk is not { } bulk) return;
        if (ToAsk(ImportNoun.Organizations, organizations) is { Count: > 0 } some) await OrganizationService.Foresee(tx, caller, bulk, some);
        if (ToAsk(ImportNoun.Persons, persons) is { Count: > 0 } people) await PersonService.Foresee(tx, caller, bulk, people);

        HashSet<long> ToAsk(ImportNoun noun, IEnumerable<string?> names)
        {
            var ids = new HashSet<long>();
            if (!books.TryGetValue(noun, out var book)) return ids;
            foreach (var name in names)
            {
                if (name is not null && book.Known(name) is { } id && !bulk.Contacts.Contains(id)) ids.Add(id);
            }
            return ids;
        }
    }

    public async Task<long?> Product(Tx tx, string? name, long line) => name is null ? null
        : await Resolve(ImportNoun.Products, name, "product", line,
            async written => (await ProductService.Create(tx, caller, new() { Name = written })).Id);

    /// <summary>The id that the name means. Counts what it creates.</summary>
    public async Task<long?> Resolve(ImportNoun noun, string written, string field, long line, Func<string, Task<long>> create)
    {
        var book = Of(noun);
        if (book.Find(written, field) is { } known)
        {
            if (lookedLike.TryGetValue((noun, written), out var before)) tally.Near(Word(noun), before, applied: false);
            return known;
        }
        if (book.Near(written) is { } pair)
        {
            tally.Near(Word(noun), pair, mapping.NearNames);
            if (mapping.NearNames) return book.Find(pair.Existing, field);
            lookedLike[(noun, written)] = pair;
        }
        if (!MayCreate(noun, written, field, line)) return null;

        var id = await create(written);
        book.Add(id, written);
        Note(noun, written, id);
        return id;
    }

    /// <summary>What the mapping says about something missing: true to create it, false to leave it out; else a refusal.</summary>
    public bool MayCreate(ImportNoun noun, string written, string field, long line)
    {
        switch (mapping.PolicyFor(noun))
        {
            case MissingPolicy.Create:
                return true;
            case MissingPolicy.LeaveEmpty:
                tally.Warn($"{field} left empty: it names nothing that is there", line);
                return false;
            default:
                throw Problem.Invalid(field,
                    $"No {Word(noun)} is called {Converted.Quote(written)}, and {ImportMappingFile.Word(noun)} are not to be created.");
        }
    }

    public void Note(ImportNoun noun, string name, long? id = null)
    {
        var folded = Folding.Fold(name);
        if (created[noun].Add(folded)) journal.Add((noun, folded, id));
    }

    /// <summary>Users need an address; those whose file has none get one that no mail reaches.</summary>
    public async Task<long> NewUser(Tx tx, string name, Role role, long? group, string? email = null)
    {
        email ??= await FreeAddress(tx, name);
        return (await UserService.Create(tx, caller, new() { Name = name, Email = email, Role = role, GroupId = group })).Id;
    }

    public (int Journal, IReadOnlyDictionary<ImportNoun, int> Books) Mark() =>
        (journal.Count, books.ToDictionary(pair => pair.Key, pair => pair.Value.Mark));

    /// <summary>
    /// The records created since the mark because rows named them. Pipelines, stages and users are no records that an import could take
    /// back.
    /// </summary>
    public IEnumerable<(ImportNoun Noun, long Id)> MadeSince((int Journal, IReadOnlyDictionary<ImportNoun, int> Books) mark) =>
        journal[mark.Journal..].Where(
            entry => entry is { Id: not null, Noun: ImportNoun.Organizations or ImportNoun.Persons or ImportNoun.Products })
                .Select(entry => (entry.Noun, entry.Id!.Value));

    /// <summary>
    /// Forgets what was created since the mark, because the database has. The counts of a dry run stay: it would have been created.
    /// </summary>
    public void Undo((int Journal, IReadOnlyDictionary<ImportNoun, int> Books) mark, bool keepCounts)
    {
        foreach (var (noun, at) in mark.Books) books[noun].Undo(at);
        if (!keepCounts) foreach (var (noun, folded, _) in journal[mark.Journal..]) created[noun].Remove(folded);
        journal.RemoveRange(mark.Journal, journal.Count - mark.Journal);
    }

    /// <summary>The noun in the singular, as a sentence names it.</summary>
    public static string Word(ImportNoun noun) => ImportMappingFile.Word(noun)[..^1];

    private static async Task<string> FreeAddress(Tx tx, string name)
    {
        var letters = new string([.. Folding.Fold(name).Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '.')]);
        var local = string.Join('.', letters.Split('.', StringSplitOptions.RemoveEmptyEntries));
        if (local.Length == 0) local = "user";
        if (local.Length > 50) local = local[..50].TrimEnd('.');
        var taken = (await tx.Catalog()).Users.Select(user => Folding.Fold(user.Email)).ToHashSet(StringComparer.Ordinal);
        var address = $"{local}@{NoMailbox}";
        for (var copy = 2; taken.Contains(address); copy++)
        {
            address = string.Create(CultureInfo.InvariantCulture, $"{local}.{copy}@{NoMailbox}");
        }
        return address;
    }

    private async Task Read(ImportNoun noun, IAsyncEnumerable<ImportStore.NameRow> rows, Func<string?, IEnumerable<string?>> others)
    {
        var book = books[noun] = new();
        await foreach (var row in rows)
        {
            book.Load(row.Id, row.Name);
            foreach (var other in others(row.Other)) book.Alias(row.Id, other);
        }
    }

    private static IEnumerable<string?> Addresses(string? points) =>
        points is null ? [] : JsonSerializer.Deserialize<List<ContactPoint>>(points, Documents.Options)!.Select(point => point.Value);
}
