using System.Diagnostics;
using System.Globalization;
using Tributary.Bench.Processes;
using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Core.Storage;

namespace Tributary.Bench.Scenarios;

/// <summary>The rows of one created deal, one statement each: ids, the deal, its totals, its text, its line in the log.</summary>
internal static class BareCreate
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How many a second a process of its own writes, so many to a commit: no rules, prepared statements, one connection.
    /// </summary>
    public static async Task<double> PerSecond(DataSet data, int perCommit, int seconds, SlowDisk disk, CancellationToken ct)
    {
        var (program, arguments) = disk.Through(Environment.ProcessPath!,
            ["bare", data.Folder, data.Address, "--per-commit", $"{perCommit}", "--seconds", $"{seconds}"]);
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var said = await process.StandardOutput.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        return double.Parse(said, CultureInfo.InvariantCulture);
    }

    /// <summary>That process.</summary>
    public static async Task<int> Run(DataSet data, int perCommit, TimeSpan time, CancellationToken ct)
    {
        await using var db = data.Connect();
        await Loop(db, data, perCommit, WarmUp, ct);
        Console.WriteLine((await Loop(db, data, perCommit, time, ct)).ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    private static async Task<double> Loop(Db db, DataSet data, int perCommit, TimeSpan time, CancellationToken ct)
    {
        var made = 0;
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < time)
        {
            await using var tx = await db.Write(data.Workspace, ct);
            for (var i = 0; i < perCommit; i++)
            {
                await Write(tx, data);
                made++;
            }
            await tx.Commit();
        }
        return made / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task Write(Tx tx, DataSet data)
    {
        var id = await tx.NextId("deal_ids");
        var number = await Core.Deals.DealStore.NextNumber(tx, tx.Now.Year);
        var row = new
        {
            tx.Workspace,
            id,
            uid = tx.NextUid(),
            number = $"DEAL-{tx.Now.Year}-{number:00000}",
            data.PipelineId,
            data.StageId,
            tx.Now,
            tx.Shard,
            Today = DateOnly.FromDateTime(tx.Now.UtcDateTime),
            Never = DateOnly.MaxValue
        };
        await tx.Run($"""
            INSERT INTO deals (workspace_id, id, uid, number, title, value_units, currency, pipeline_id, stage_id, status, priority, position_units, competitors, label_ids,
                               tag_ids, visible_to, custom, links, origin, provenance, source_type, products_count, files_count, notes_count, followers_count,
                               participants_count, activities_count, done_activities_count, mail_count, touched_at, added_at, updated_at, schema_version, version)
            VALUES (@Workspace, @id, @uid, @number, 'Harbour refit', 12005000, 'EUR', @PipelineId, @StageId, 'open', 'medium', @id * 10000, '[]', '[]',
                    '[]', 7, '{"{}"}', '{"{}"}', 'API', 'api', 'api', 0, 0, 0, 0, 0, 0, 0, 0, @Now, @Now, @Now, 1, 1)
            """, row);
        await tx.Run("""
            INSERT INTO deal_totals (workspace_id, pipeline_id, stage_id, status, owner_id, visible_to, archived, currency, shard, deals,
                value_units, weighted_units, inherited_units)
            VALUES (@Workspace, @PipelineId, @StageId, 'open', 0, 7, @no, 'EUR', @Shard, 1, 12005000, 0, 12005000)
            ON CONFLICT (workspace_id, pipeline_id, stage_id, status, owner_id, visible_to, archived, currency, app_id, shard) DO UPDATE SET
                deals = deal_totals.deals + 1, value_units = deal_totals.value_units + excluded.value_units,
                inherited_units = deal_totals.inherited_units + excluded.inherited_units
            """, new { tx.Workspace, data.PipelineId, data.StageId, tx.Shard, no = false });
        foreach (var (kind, day) in ((string, DateOnly)[])[("due", row.Never), ("touched", row.Today)])
        {
            await tx.Run("""
                INSERT INTO deal_day_totals (workspace_id, pipeline_id, stage_id, kind, day, shard, deals)
                    VALUES (@Workspace, @PipelineId, @StageId, @kind, @day, @Shard, 1)
                ON CONFLICT (workspace_id, pipeline_id, stage_id, kind, day, shard) DO UPDATE SET deals = deal_day_totals.deals + 1
                """, new { tx.Workspace, data.PipelineId, data.StageId, tx.Shard, kind, day });
        }
        tx.HasTexts = true;
        foreach (var (field, text) in ((string, string)[])[("title", "harbour refit"), ("number", row.number)])
        {
            await tx.Run(
                "INSERT INTO search_docs (workspace_id, subject, subject_id, field, source_id, text) VALUES (@Workspace, 'deal', @id, @field, 0, @text)", new { tx.Workspace, id, field, text });
        }
        await EventStore.Append(tx, Caller.System(data.Workspace),
            new() { Subject = "deal", SubjectId = id, DealId = id, Action = "created", Changes = [] });
    }
}
