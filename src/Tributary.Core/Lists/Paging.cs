using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Lists;

/// <summary>
/// One page of a list while it is asked for. Where records may have no value of the first key, those that have one are asked for first and
/// those without only if there is room left; the two together are the list.
/// </summary>
/// <param name="read">Reads a row by hand, for the lists that are asked for most.</param>
internal sealed class Paging<T>(Tx tx, Ask ask, Keyset order, ReadRow<T>? read)
{
    private readonly bool hasTwoParts = order.HasTwoParts && ask.Query.Offset is null or 0;
    private readonly IReadOnlyList<object?>? place = ask.Query.Cursor is { } cursor
        ? order.Open(tx.Db.Cursors, tx.Workspace, cursor) : null;

    private Answer<PageRows<T>>? first;
    private Answer<PageRows<T>>? rest;

    public void AskFirst(Together questions)
    {
        if (!hasTwoParts) first = Add(questions, order, place, ask.Query.Limit, ask.Query.Offset ?? 0, "");
        else if (place is [null, ..]) AskRest(questions, [.. place.Skip(1)]);
        else first = Add(questions, order.Valued, place, ask.Query.Limit, 0, "IS NOT NULL");
    }

    /// <summary>After the answer to the first, what is needed besides it.</summary>
    public void AskRest(Together questions)
    {
        if (hasTwoParts && rest is null && !first!.Value.HasMore && !ask.WantsFirstKey) AskRest(questions, null);
    }

    public Page<T> Page(long? total)
    {
        var limit = ask.Query.Limit;
        var (rows, last, hasMore) = first?.Value ?? new([], [], false);
        if (rest is not null)
        {
            var (more, lastOfMore, isCut) = rest.Value;
            if (rows.Count < limit) last = [null, .. lastOfMore];
            (rows, hasMore) = (rows.Count == 0 ? more : [.. rows, .. more], isCut);
        }
        return new(rows, hasMore && ask.Query.WantCursor ? order.Seal(tx.Db.Cursors, tx.Workspace, last) : null, hasMore, total);
    }

    private void AskRest(Together questions, IReadOnlyList<object?>? after) =>
        rest = Add(questions, order.Empty, after, ask.Query.Limit - (first?.Value.Rows.Count ?? 0), 0, "IS NULL");

    private Answer<PageRows<T>> Add(Together questions, Keyset keys, IReadOnlyList<object?>? after, int limit, int offset, string part)
    {
        var sql = ask.Statement(keys, after, limit, offset, part);
        return questions.Page<T>(new(sql.ToString(), sql.Parameters, read), limit, keys.Keys.Count);
    }
}
