using System.CommandLine;
using Tributary.Core.Import;
using Tributary.Core.Kernel;

namespace Tributary.Server.Commands;

/// <summary>"tributary import csv" and "import xlsx": files of other systems, through the same verbs as everything else.</summary>
internal static class ImportCommand
{
    public static Command Command() => new("import", "Import records of other systems.")
    {
        Files("csv", "Files of separated values, UTF-8 or UTF-16, with a header row.", """
            Import organizations, persons, products, users and deals from CSV files, in the order in which they need each other.

            A record is found again by its external id, else by its name, so importing twice changes nothing. Rows that cannot be
            imported go into a file of rejects with line and reason. Ends with 0 when all rows are in, 1 when some were rejected,
            2 when nothing was done.
            Examples:
              tributary import csv deals.csv --dry-run
              tributary import csv deals.csv --write-mapping deals.json
              tributary import csv deals.csv --mapping deals.json --create organizations,users,stages
              tributary import csv accounts.csv products.csv sales_teams.csv sales_pipeline.csv \
                --create organizations,users,products,stages --near-names
            """),
        Files("xlsx", "Excel workbooks, each with a header row above its rows.", """
            Import from Excel workbooks as from CSV files: of each its first sheet, or the one named.

            Days and numbers are read as the workbook means them, so nothing has to be said about how they are written.
            Examples:
              tributary import xlsx deals.xlsx --dry-run
              tributary import xlsx sales.xlsx --sheet "2025" --create organizations,users,stages
            """, new Option<string?>("--sheet") { Description = "Which sheet; the first when left out." }),
        ImportPipedrive.Command(),
    };

    private static Command Files(string name, string argument, string description, Option<string?>? sheet = null)
    {
        var files = new Argument<FileInfo[]>("FILE") { Arity = ArgumentArity.OneOrMore, Description = argument };
        var kind = new Option<ImportKind?>("--kind") { Description = "What the rows are; left out, the headers tell." };
        var mappings = new Option<FileInfo[]>("--mapping")
        {
            Description = "A mapping file; may be repeated. Each file takes the one whose columns it has.",
            DefaultValueFactory = _ => [],
        };
        var write = new Option<FileInfo?>("--write-mapping")
        {
            Description = "Write the mapping that would be used into this file, and import nothing.",
        };
        var create = new Option<string?>("--create")
        {
            Description =
                "What rows may name that is not there yet, with commas: organizations, persons, users, products, pipelines, stages.",
        };
        var near = new Option<bool>("--near-names")
        {
            Description = "Take near names for existing ones (\"GTXPro\" for \"GTX Pro\"); the report says which.",
        };
        var source = new Option<string>("--source")
        {
            Description = "The system the ids come from, when no mapping says it.",
            DefaultValueFactory = _ => "csv",
        };
        var pipeline = new Option<string?>("--pipeline") { Description = "The pipeline of deals that name none." };
        var dry = new Option<bool>("--dry-run") { Description = "Try everything, write nothing, report." };
        var rejects = new Option<FileInfo?>("--rejects")
        {
            Description = "Where rows go that could not be imported; FILE.rejects.csv when left out.",
        };
        var resume = new Option<bool>("--resume") { Description = "Go on where the same import was interrupted." };
        var workspace = new Option<string?>("--workspace") { Description = "The workspace's id or name; needed when there are several." };
        var json = new Option<bool>("--json") { Description = "The reports as JSON." };
        var command = new Command(name, description)
        {
            files, kind, mappings, write, create, near, source, pipeline, dry, rejects, resume, workspace, json,
        };
        if (sheet is not null) command.Add(sheet);
        command.SetAction((parsed, ct) => ImportFiles.Run(new()
        {
            Files = parsed.GetRequiredValue(files),
            Kind = parsed.GetValue(kind),
            Mappings = parsed.GetRequiredValue(mappings),
            WriteMapping = parsed.GetValue(write),
            Create = parsed.GetValue(create),
            NearNames = parsed.GetValue(near),
            Source = parsed.GetRequiredValue(source),
            Pipeline = parsed.GetValue(pipeline),
            IsDryRun = parsed.GetValue(dry),
            Rejects = parsed.GetValue(rejects),
            Resume = parsed.GetValue(resume),
            Workspace = parsed.GetValue(workspace),
            Json = parsed.GetValue(json),
            Sheet = sheet is null ? null : parsed.GetValue(sheet),
        }, ct));
        return command;
    }
}
