using System.Globalization;
using System.Text;
using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Storage;

namespace Tributary.Core.Contacts;

/// <summary>Two records that may be one, the older first, and why: "name" and what else agrees.</summary>
public sealed record DuplicatePair(Contact First, Contact Second, Seq<string> Reasons);

/// <summary>A place in the queue of duplicates: the pair that was looked at last.</summary>
public readonly record struct DuplicatePlace(long FirstId, long SecondId)
{
    public static readonly DuplicatePlace Start;
}

/// <summary>Some pairs, and where to go on; none when the queue is at its end. A page may be empty before the end.</summary>
public sealed record DuplicatePage(IReadOnlyList<DuplicatePair> Items, DuplicatePlace? Next);

public sealed partial class ContactService
{
    /// <summary>Namesakes looked at for one page: a workspace full of them must not make one request long.</summary>
    private const int PairsAtOnce = 500;
    private const int Rounds = 4;

    /// <summary>Pairs of live records of one kind, both visible to the caller, that may be one.</summary>
    public async Task<DuplicatePage> Duplicates(Caller caller, ContactKind kind, DuplicatePlace after, int limit, CancellationToken ct)
    {
        caller.MustRead(kind is ContactKind.Person ? "persons" : "organizations");
        if (limit is < 1 or > MaxPage) throw Problem.Invalid("limit", $"limit must be a whole number from 1 to {MaxPage}.");
        await using var tx = await db.Read(caller.Workspace, ct);

        var found = new List<DuplicatePair>();
        for (var round = 0; round < Rounds; round++)
        {
            var pairs = await Namesakes(tx, caller, kind is ContactKind.Person ? "persons" : "organizations", after);
            var contacts = await FindMany(tx, caller, [.. pairs.SelectMany(pair => new[] { pair.FirstId, pair.SecondId }).Distinct()]);
            foreach (var pair in pairs)
            {
                after = pair;
                var (one, other) = (contacts[pair.FirstId], contacts[pair.SecondId]);
                var reasons = kind is ContactKind.Person ? DuplicateRules.Reasons(one.Person!, other.Person!)
                    : DuplicateRules.Reasons(one.Organization!, other.Organization!);
                if (reasons.Count > 0) found.Add(new(one, other, reasons));
                if (found.Count == limit) return new(found, after);
            }
            if (pairs.Count < PairsAtOnce) return new(found, null);
        }
        return new(found, after);
    }

    /// <summary>The same, going on from where an earlier page of the same workspace and kind ended.</summary>
    public async Task<Page<DuplicatePair>> Duplicates(Caller caller, ContactKind kind, string? cursor, int limit, CancellationToken ct)
    {
        var page = await Duplicates(caller, kind, cursor is null ? DuplicatePlace.Start : Open(caller, kind, cursor), limit, ct);
        return new(page.Items, page.Next is { } next ? Seal(caller, kind, next) : null, page.Next is not null, null);
    }

    private string Seal(Caller caller, ContactKind kind, DuplicatePlace place) =>
        db.Cursors.Seal(
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
                $"duplicates {kind} {caller.Workspace} {place.FirstId} {place.SecondId}")));

    private DuplicatePlace Open(Caller caller, ContactKind kind, string cursor)
    {
        if (db.Cursors.TryOpen(cursor, out var payload)
            && Encoding.UTF8.GetString(payload).Split(' ') is ["duplicates", var word, var workspace, var first, var second]
            && word == kind.ToString() && workspace == caller.Workspace.ToString(CultureInfo.InvariantCulture))
        {
            return new(long.Parse(first, CultureInfo.InvariantCulture), long.Parse(second, CultureInfo.InvariantCulture));
        }
        throw Problem.Invalid("cursor", "cursor must be the next_cursor of an earlier page of the same list.");
    }

    private static async Task<IReadOnlyList<DuplicatePlace>> Namesakes(Tx tx, Caller caller, string table, DuplicatePlace after)
    {
        var parameters = new SqlValues();
        parameters.Add("Workspace", tx.Workspace);
        parameters.Add("first", after.FirstId);
        parameters.Add("second", after.SecondId);
        parameters.Add("limit", PairsAtOnce);
        var visible = Visibility.ByOwner(caller, await tx.Catalog(), tx.Sql, parameters);
        var live = $"SELECT id, name_folded FROM {table} WHERE workspace_id = @Workspace AND deleted_at IS NULL AND {visible}";
        var pairs = await tx.Many<Pair>($"""
            SELECT a.id AS first, b.id AS second
            FROM ({live} AND id >= @first) a
            JOIN ({live}) b ON b.name_folded = a.name_folded AND b.id > a.id
            WHERE (a.id, b.id) > (@first, @second)
            ORDER BY a.id, b.id
            LIMIT @limit
            """, parameters);
        return [.. pairs.Select(pair => new DuplicatePlace(pair.First, pair.Second))];
    }

    private sealed record Pair
    {
        public long First { get; init; }
        public long Second { get; init; }
    }
}
