using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V2;

/// <summary>A list of a noun of which there are few, read as a whole and paged as the long ones are.</summary>
/// <param name="wire">How a row is spelled.</param>
/// <param name="id">What tells rows apart.</param>
/// <param name="sorts">What sort_by may name; the first when left out. None: the rows keep the order they come in.</param>
internal sealed class ShortList<T>(Wire<T> wire, Func<T, long> id, params (string Name, Func<T, IComparable?> Of)[] sorts)
{
    private readonly Paging.Order? order = sorts.Length == 0 ? null : new([.. sorts.Select(sort => (sort.Name, sort.Name))]);
    private readonly Dictionary<string, Func<T, IComparable?>> fields = sorts.ToDictionary(sort => sort.Name, sort => sort.Of);

    public IReadOnlyList<Member> Parameters => order is null ? Paging.Parameters : [.. order.Parameters, .. Paging.Parameters];
    public PageOf<T> Answer { get; } = new(wire);

    public async Task<Reply> Page(Call call, Func<Task<IReadOnlyList<T>>> all)
    {
        var query = order is null ? Paging.Read(call) : order.Read(call);
        call.Checked();
        var rows = await all();
        var page = call.Service<ShortPages>().Of(call.Caller, $"pipedrive {call.Operation.Id}", rows, id, fields, query);
        return Paging.Reply(wire, page.Items, page.NextCursor);
    }
}
