using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Core.Search;
using Tributary.Core.Storage;

namespace Tributary.Core.Leads;

/// <summary>The only way a lead reaches the database: the row, the searchable text and the line of the log, or none of them.</summary>
internal static class LeadSaving
{
    public static async Task<Lead> Create(Tx tx, Caller caller, Lead lead, LeadPatch patch)
    {
        var created = lead with
        {
            Id = await tx.IdOf("lead_ids", "lead", patch.Id, LeadStore.Find),
            Uid = patch.Uid.IsSet ? patch.Uid.Value : tx.NextUid(),
        };
        await LeadStore.Insert(tx, created);
        await PutText(tx, null, created);
        await EventStore.Append(tx, caller, LeadHistory.Created(created));
        return created;
    }

    /// <summary>Stores a change that rules have made. <paramref name="after"/> already carries the next version.</summary>
    public static async Task<Lead> Change(Tx tx, Caller caller, Lead before, Lead after, string? note = null)
    {
        await LeadStore.Update(tx, after);
        await PutText(tx, before, after);
        await EventStore.Append(tx, caller, LeadHistory.Changed(before, after) with { Note = note });
        return after;
    }

    private static async Task PutText(Tx tx, Lead? before, Lead after)
    {
        await SearchTexts.Follow(tx, "lead", after.Id, "title", 0, before?.Title, after.Title);
        await CustomText.Put(tx, "lead", after.Id, before?.Custom ?? CustomValues.None, after.Custom, fieldsOf: "deal");
    }
}
