using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Tributary.Core.Storage;
using Tributary.Core.Totals;

namespace Tributary.Server.Commands;

/// <summary>"tributary verify": whether the kept sums and counts are what a recount finds.</summary>
internal static class VerifyCommand
{
    public static Command Command()
    {
        var repair = new Option<bool>("--repair") { Description = "Replace what is wrong by the recount." };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("verify", """
            Recount every deal and compare with the totals that were kept with the writes. Ends with 1 when they differ and were not repaired.

            Examples:
              tributary verify
              tributary verify --repair
            """)
        {
            repair, json,
        };
        command.SetAction((parsed, ct) => Databases.Use(db => Run(Terminal.Current, db, parsed.GetValue(repair), parsed.GetValue(json), ct),
            ct));
        return command;
    }

    public static async Task<int> Run(Terminal terminal, Db db, bool repair, bool json, CancellationToken ct)
    {
        var totals = new TotalsService(db);
        var found = repair ? await totals.Repair(ct) : await totals.Verify(ct);
        var outcome = found.Count == 0 || repair ? Outcome.Done : Outcome.Failed;
        if (json)
        {
            terminal.Json(new JsonObject
            {
                ["repaired"] = repair,
                ["differences"] =
                    new JsonArray(
                        [.. found.Select(each => new JsonObject { ["workspace"] = each.Workspace, ["total"] = each.Cell,
                            ["too_much"] = each.TooMuch })]),
            });
            return outcome;
        }
        if (found.Count == 0)
        {
            terminal.Line("All totals are what a recount finds.");
            return outcome;
        }
        terminal.Table(["Workspace", "Total", "Too much by"],
            found.Select(each => new[] { each.Workspace.ToString(CultureInfo.InvariantCulture), each.Cell, each.TooMuch }));
        terminal.Line(repair ? $"{found.Count} totals were wrong and are repaired."
            : $"{found.Count} totals are wrong. \"tributary verify --repair\" replaces them.");
        return outcome;
    }
}
