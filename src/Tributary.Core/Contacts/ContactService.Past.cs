using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Log;

namespace Tributary.Core.Contacts;

public sealed partial class ContactService
{
    /// <summary>What changed on a person or organization that is there for the caller, field by field, newest first.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="subject">"person" or "organization".</param>
    /// <param name="id">Which one.</param>
    /// <param name="without">Fields whose changes are not told, because whoever asks has no word for them.</param>
    /// <param name="cursor">Where an earlier page ended.</param>
    /// <param name="limit">How many changes at once.</param>
    /// <param name="ct">Stops reading.</param>
    public async Task<Page<LoggedChange>> Changelog(Caller caller, string subject, long id, Seq<string> without, string? cursor, int limit,
        CancellationToken ct)
    {
        caller.MustRead(subject + "s");
        await using var tx = await db.Read(caller.Workspace, ct);
        var there = await ListStore.Count(tx, caller, ListSources.Of(subject),
            new() { Condition = Condition.Equal("id", id), Scope = Scope.Kept });
        if (there == 0) throw Problem.NotFound(subject, id);
        return await ChangePages.OfRecord(tx, caller, subject, id, "changelog", cursor, limit,
            change => change.Field != "follower" && !without.Contains(change.Field));
    }
}
