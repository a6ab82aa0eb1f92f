using Tributary.Core.Contacts;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Contacts;

/// <summary>What persons and organizations do alike beside living: being counted, found twice, and merged.</summary>
internal static class ContactRoutes
{
    private static readonly PagesOf Pairs = new("DuplicatePairs", ContactWire.Duplicate);

    public static Operation Duplicates(string path, string name, ContactKind kind) =>
        new("GET", $"{path}/duplicates", $"list{name}Duplicates", call => Duplicates(call, kind))
        {
            Tag = $"{name}s",
            Summary = "List pairs that may be one; a page may be empty before the end",
            Parameters = [ListMembers.Limit, ListMembers.Cursor],
            Answer = Pairs,
        };

    public static Operation Counts(string path, string name, Func<Call, long, Task<IReadOnlyDictionary<long, ContactCounts>>> counts) =>
        new("GET", path + "/{id}/counts", $"get{name}Counts", async call =>
    {
        var id = call.Path(RecordMembers.PathId, name.ToLowerInvariant());
        return Reply.Json(ContactWire.Counts, (await counts(call, id))
            .GetValueOrDefault(id) ?? throw Problem.NotFound(name.ToLowerInvariant(), id));
    })
        {
            Tag = $"{name}s",
            Summary = "Count what hangs on it",
            Parameters = [RecordMembers.PathId],
            Answer = ContactWire.Counts,
        };

    private static async Task<Reply> Duplicates(Call call, ContactKind kind)
    {
        var limit = (int)call.Query(ListMembers.Limit, ListMembers.DefaultLimit);
        var cursor = call.Query(ListMembers.Cursor, null!);
        call.Checked();
        return ListMembers.Reply(ContactWire.Duplicate,
            await call.Service<ContactService>().Duplicates(call.Caller, kind, cursor, limit, call.Ct), null);
    }
}
