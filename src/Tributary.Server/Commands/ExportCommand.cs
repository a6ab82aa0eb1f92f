using System.CommandLine;
using System.Text;
using Tributary.Core.Storage;
using Tributary.Server.Export;

namespace Tributary.Server.Commands;

/// <summary>"tributary export": all records of a kind as CSV or JSON Lines.</summary>
internal static class ExportCommand
{
    public static Command Command()
    {
        var noun = new Argument<string>("what") { Description = $"{string.Join(", ", Exporter.Nouns)}." };
        noun.AcceptOnlyFromAmong([.. Exporter.Nouns]);
        var format = new Option<ExportFormat>("--format") { Description = "csv, or jsonl for JSON Lines." };
        var json = new Option<bool>("--json") { Description = "The same as --format jsonl." };
        var file = new Option<string?>("--output") { Description = "A file; left out, the standard output." };
        var workspace = new Option<string?>("--workspace") { Description = "The workspace's id or name; needed when there are several." };
        var command = new Command("export", """
            Write all records of a kind, archived ones included and deleted ones not, as CSV or JSON Lines. Texts that a spreadsheet
            would run as formulas get an apostrophe in front in CSV.

            Examples:
              tributary export deals > deals.csv
              tributary export persons --format jsonl --output persons.jsonl
            """)
        {
            noun, format, json, file, workspace,
        };
        command.SetAction(
            (parsed, ct) => Databases.Use(db => Run(Terminal.Current, db, parsed.GetValue(workspace), parsed.GetRequiredValue(noun),
            parsed.GetValue(json) ? ExportFormat.Jsonl : parsed.GetValue(format), parsed.GetValue(file), ct), ct));
        return command;
    }

    public static async Task<int> Run(Terminal terminal, Db db, string? workspace, string noun, ExportFormat format, string? file,
        CancellationToken ct)
    {
        var (caller, _) = await Databases.Operator(db, workspace, ct);
        if (file is null)
        {
            await new Exporter(db).Write(caller, noun, format, terminal.Output, ct);
            return Outcome.Done;
        }
        await using var output = new StreamWriter(file, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        var written = await new Exporter(db).Write(caller, noun, format, output, ct);
        await terminal.Error.WriteLineAsync($"{file}: {written} {noun}.");
        return Outcome.Done;
    }
}
