using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace Tributary.Server.Commands;

/// <summary>Where commands print: plain lines for what people copy, tables for what they read, JSON for programs.</summary>
internal sealed class Terminal
{
    private const int WidthOfFiles = 200;
    private static readonly JsonSerializerOptions json = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public Terminal(TextWriter output, TextWriter error, bool isScreen)
    {
        Output = output;
        Error = error;
        // No colours in what is read by programs or kept in a file.
        Tables = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(output), Ansi = isScreen ? AnsiSupport.Detect : AnsiSupport.No });
        // A table that goes to a file or a pipe must not be cut to a screen's width.
        if (!isScreen) Tables.Profile.Width = WidthOfFiles;
    }

    public static Terminal Current { get; } = new(Console.Out, Console.Error, !Console.IsOutputRedirected);

    public TextWriter Output { get; }
    public TextWriter Error { get; }
    public IAnsiConsole Tables { get; }

    public void Line(string text = "") => Output.WriteLine(text);

    public void Json(JsonNode node) => Output.WriteLine(node.ToJsonString(json));

    public void Table(IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string?>> rows)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var head in heads) table.AddColumn(Markup.Escape(head));
        foreach (var row in rows) table.AddRow([.. row.Select(cell => Markup.Escape(cell ?? ""))]);
        Tables.Write(table);
    }
}
