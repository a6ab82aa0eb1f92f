using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;
using Tributary.Server.Hosting;

namespace Tributary.Server.Commands;

/// <summary>
/// "tributary openapi": the OpenAPI document of a dialect without a running server. The web app's types are made from it.
/// </summary>
internal static class OpenApiCommand
{
    private static readonly JsonSerializerOptions indented = new() { WriteIndented = true };

    public static Command Command()
    {
        var dialect = new Argument<string>("dialect") { Description = "native, pipedrive, …", DefaultValueFactory = _ => "native" };
        var output = new Option<string?>("--output")
        {
            Description = "Write to this file, which is left as it is when it says the same already.",
        };
        var command = new Command("openapi", """
            Print the OpenAPI document of a dialect.

            Examples:
              tributary openapi
              tributary openapi switch --output switch.json
            """)
        {
            dialect, output,
        };
        command.SetAction(
            (parsed, ct) => Outcome.Of(() => Run(Terminal.Current, parsed.GetRequiredValue(dialect), parsed.GetValue(output), ct)));
        return command;
    }

    public static async Task<int> Run(Terminal terminal, string name, string? output, CancellationToken ct)
    {
        var document = await Describe(name);
        if (output is null) terminal.Line(document);
        else if (!File.Exists(output) || await File.ReadAllTextAsync(output, ct) != document)
        {
            if (Path.GetDirectoryName(Path.GetFullPath(output)) is { } folder) Directory.CreateDirectory(folder);
            await File.WriteAllTextAsync(output, document, ct);
        }
        return Outcome.Done;
    }

    // Dialects are made with everything they may need; none of it is asked anything here.
    private static async Task<string> Describe(string name)
    {
        var folder = Directory.CreateTempSubdirectory("tributary-openapi-").FullName;
        try
        {
            await using var db = Db.Sqlite(Path.Combine(folder, "empty.db"), TimeProvider.System,
                new(TimeProvider.System, RandomNumberGenerator.Fill), SqliteUse.Throwaway);
            await using var app = ServerHost.Build(new() { DataFolder = folder, LogLevel = "None", RunJobs = false }, db,
                TimeProvider.System);
            var dialects = app.Services.GetServices<IDialect>().ToList();
            var dialect = dialects.Find(one => one.Name == name)
                ?? throw Problem.Invalid("dialect",
                    $"There is no dialect {name}; they are {string.Join(", ", dialects.Select(one => one.Name))}.");
            return dialect.Describe().ToJsonString(indented) + "\n";
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
