using System.Text.Json;
using Tributary.Core.Catalog;
using Tributary.Core.Jobs;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Fields;

/// <summary>
/// Custom fields that lists find by an index. A value stands in the record's JSON and, when its field is indexed, in field_values: each
/// write of the record keeps it there. What was written before the field was indexed is put there by a job, and lists ask there when that
/// is done.
/// </summary>
internal static class FieldIndex
{
    public const int MaxIndexed = 30;
    private const string Kind = "index_field";
    private const string Subjects = "deals, persons and organizations";

    public static readonly JobHandler Handler = new(Kind, Fill);

    /// <summary>Long texts and addresses are found by their words, in the index of searches.</summary>
    public static bool CanHold(FieldType type) => type is not (FieldType.Text or FieldType.Address);

    public static void Check(Checks checks, FieldDefinition field, IEnumerable<FieldDefinition> others)
    {
        checks.Require(field.Subject is "deal" or "person" or "organization", "is_indexed", $"is_indexed is for fields of {Subjects}.");
        checks.Require(CanHold(field.Type), "is_indexed", "is_indexed is not for fields of type text and address: search finds these.");
        checks.Require(others.Count(other => other.IsIndexed && other.Id != field.Id && other.Subject == field.Subject) < MaxIndexed,
            "is_indexed",
            $"At most {MaxIndexed} fields of a kind of record can be indexed.");
    }

    /// <summary>Whether what stands in the index is not what the field needs there now. Pure.</summary>
    public static bool IsAnother(FieldDefinition before, FieldDefinition after) =>
        before.IsIndexed != after.IsIndexed || (after.IsIndexed && before.Type != after.Type);

    /// <summary>
    /// After a field came under the index, left it, or changed its type: whatever stands there is no longer asked, and made anew in the
    /// background.
    /// </summary>
    public static async Task Begin(Tx tx, Caller caller, FieldDefinition after)
    {
        if (after.IsIndexed) await JobService.Enqueue(tx, caller, Kind, after.Id, new { });
        else await FieldValueStore.Clear(tx, after.Id);
    }

    /// <summary>A record's value of an indexed field, in place of the one before; none takes it away.</summary>
    public static async Task Put(Tx tx, string subject, long id, FieldDefinition field, JsonElement? value)
    {
        await FieldValueStore.Remove(tx, subject, id, field.Id);
        foreach (var (item, text, number) in value is { } known ? Of(field.Type, known) : [])
        {
            await FieldValueStore.Insert(tx, subject, id, field.Id, item, text, number);
        }
    }

    /// <summary>What is found of a value, whose JSON FieldValues.cs tells. Pure.</summary>
    public static IEnumerable<(long Item, string? Text, double? Number)> Of(FieldType type, JsonElement value) => type switch
    {
        FieldType.Varchar or FieldType.VarcharAuto or FieldType.Phone or FieldType.Date => [(0, value.GetString(), null)],
        FieldType.DateRange or FieldType.Time or FieldType.TimeRange =>
            value.TryGetProperty("value", out var from) ? [(0, from.GetString(), null)] : [],
        FieldType.Double or FieldType.Enum or FieldType.User or FieldType.Org or FieldType.People => [(0, null, value.GetDouble())],
        FieldType.Monetary => value.TryGetProperty("value", out var amount) ? [(0, null, amount.GetDouble())] : [],
        FieldType.Set => value.EnumerateArray().Select(option => (option.GetInt64(), (string?)null, (double?)option.GetDouble())),
        FieldType.Text or FieldType.Address => [],
    };

    private static async Task Fill(JobRun run, CancellationToken ct)
    {
        var (workspace, id) = (run.Job.WorkspaceId, run.Job.SubjectId!.Value);
        string subject;
        await using (var tx = await run.Db.Write(workspace, ct))
        {
            if (await Wanted(tx, run.Job) is not { } field) return;
            // Who began to write before the field was indexed does not know of it, and may not have ended.
            if (!await FieldValueStore.IsKnownToAll(tx, id)) throw DbErrors.Unavailable();
            await FieldValueStore.Clear(tx, id);
            await tx.Commit();
            subject = field.Subject;
        }
        var done = 0L;
        foreach (var kind in FieldHolders.Of(subject))
        {
            for (long? after = 0; after is { } last;)
            {
                await using var tx = await run.Db.Write(workspace, ct);
                if (await Wanted(tx, run.Job) is not { } field) return;
                tx.Bulk = new();
                var page = await kind.Page(tx, field, last, locked: true);
                foreach (var holder in page) await Put(tx, kind.Subject, holder.Id, field, holder.Custom[field.Key]);
                done += page.Count;
                await run.Report(tx, done, null);
                await tx.Commit();
                after = page.Count < FieldHolders.AtOnce ? null : page[^1].Id;
            }
        }
        await using var end = await run.Db.Write(workspace, ct);
        // Whoever changes the catalog queues here, so nobody asks for the index anew between the look and the mark.
        await end.CatalogHasChanged();
        if (await Wanted(end, run.Job) is null) return;
        await FieldValueStore.MarkIndexed(end, id);
        await end.CatalogHasChanged();
        await run.Complete(end, new { values = done });
        await end.Commit();
    }

    /// <summary>
    /// The field while it wants this job's index: not when it left, nor when a later job is to make it anew, which begins by clearing it.
    /// </summary>
    private static async Task<FieldDefinition?> Wanted(Tx tx, Job job) =>
        (await tx.Catalog()).Fields.FirstOrDefault(field => field.Id == job.SubjectId) is { IsIndexed: true } field
        && !await JobStore.HasSuccessor(tx, job) ? field : null;
}
