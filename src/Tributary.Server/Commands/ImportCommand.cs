using System.CommandLine;
using Tributary.Core.Import;
using Tributary.Core.Kernel;

namespace Tributary.Server.Commands;

/// <summary>"tributary import csv": files of other systems, through the same verbs as everything else.</summary>
internal static class ImportCommand
{
    public static Command Command()
    {
        var files = new Argument<FileInfo[]>("FILE") { Arity = ArgumentArity.OneOrMore, Description = "Files of separated values, UTF-8 or UTF-16, with a header row." };
        var kind = new Option<ImportKind?>("--kind") { Description = "What the rows are; left out, the headers tell." };
        var mappings = new Option<FileInfo[]>("--mapping") { Description = "A mapping file; may be repeated. Each file takes the one whose columns it has.", DefaultValueFactory = _ => [] };
        var write = new Option<FileInfo?>("--write-mapping") { Description = "Write the mapping that would be used into this file, and import nothing." };
        var create = new Option<string?>("--create") { Description = "What rows may name that is not there yet, with commas: organizations, persons, users, products, pipelines, stages." };
        var near = new Option<bool>("--near-names") { Description = "Take near names for existing ones (\"GTXPro\" for \"GTX Pro\"); the report says which." };
        var source = new Option<string>("--source") { Description = "The system the ids come from, when no mapping says it.", DefaultValueFactory = _ => "csv" };
        var pipeline = new Option<string?>("--pipeline") { Description = "The pipeline of deals that name none." };
        var dry = new Option<bool>("--dry-run") { Description = "Try everything, write nothing, report." };
        var rejects = new Option<FileInfo?>("--rejects") { Description = "Where rows go that could not be imported; FILE.rejects.csv when left out." };
        var resume = new Option<bool>("--resume") { Description = "Go on where the same import was interrupted." };
        var workspace = new Option<string?>("--workspace") { Description = "The workspace's id or name; needed when there are several." };
        var json = new Option<bool>("--json") { Description = "The reports as JSON." };
        var csv = new Command("csv", """
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
            """)
        {
            files, kind, mappings, write, create, near, source, pipeline, dry, rejects, resume, workspace, json,
        };
        csv.SetAction((parsed, ct) => ImportFiles.Run(new()
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
        }, ct));
        return new("import", "Import records of other systems.") { csv };
    }
}
