using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Tributary.Core.Import;
using Tributary.Server.Dialects.Pipedrive.Source;

namespace Tributary.Server.Commands;

/// <summary>"tributary import pipedrive": all that an account holds, through its API.</summary>
internal static class ImportPipedrive
{
    public static Command Command()
    {
        var from = new Option<string>("--from")
        {
            Required = true,
            Description = "The address of the company, such as https://company.pipedrive.com.",
        };
        var token = new Option<string?>("--token")
        {
            Description = "An API token of the account; left out, the environment variable PIPEDRIVE_API_TOKEN.",
        };
        var createUsers = new Option<bool>("--create-users")
        {
            Description = "Make users, without a password, for addresses that nobody here has.",
        };
        var workspace = new Option<string?>("--workspace") { Description = "The workspace's id or name; needed when there are several." };
        var json = new Option<bool>("--json") { Description = "The report as JSON." };
        var command = new Command("pipedrive", """
            Copy a Pipedrive account: labels, custom fields, pipelines, organizations, persons, products, deals with their products,
            activities and notes. Records keep their ids where those are free; run again, it changes only what differs.

            Ends with 0 when all records are in, 1 when some were rejected, 2 when nothing was done.
            Examples:
              PIPEDRIVE_API_TOKEN=… tributary import pipedrive --from https://company.pipedrive.com --create-users
              tributary import pipedrive --from http://127.0.0.1:5080/pipedrive --token 5eed000000000000000000000000000000000001
            """)
        {
            from, token, createUsers, workspace, json,
        };
        command.SetAction((parsed, ct) => Databases.Use(async db =>
        {
            var (caller, _) = await Databases.Operator(db, parsed.GetValue(workspace), ct);
            var order = new CopyOrder
            {
                Source = PipedriveSource.Name,
                Url = parsed.GetRequiredValue(from),
                CreateUsers = parsed.GetValue(createUsers),
            };
            var key = parsed.GetValue(token) ?? Environment.GetEnvironmentVariable("PIPEDRIVE_API_TOKEN")
                ?? throw Core.Kernel.Problem.Invalid("token", "Give --token, or set PIPEDRIVE_API_TOKEN.");

            var report = await AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) }).Status()
                .StartAsync("Copying", async status =>
            {
                var copier = new Copier(db, caller, order.Source)
                {
                    Progress = soFar => status.Status(string.Create(CultureInfo.InvariantCulture, $"{soFar.Read:#,##0} records")),
                };
                // The operator says what may be reached from here.
                await PipedriveSource.From(allowPrivate: true, TimeProvider.System)(order, key, copier, ct);
                return copier.Report;
            });
            Console.WriteLine(parsed.GetValue(json) ? report.ToJson() : report.ToText());
            return report.Read == report.Rejected ? 2 : report.Rejected > 0 ? 1 : 0;
        }, ct));
        return command;
    }
}
