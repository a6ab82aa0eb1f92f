using System.Text;
using Tributary.Core.Kernel;
using Tributary.Core.Workspaces;
using Tributary.Server.Commands;
using Tributary.Server.Hosting;
using Tributary.Server.Sandbox.Files;
using Tributary.Server.Seeding;

namespace Tributary.Server.Sandbox;

/// <summary>The sandbox's state as a file of fixtures, and the way back, under <c>/_sandbox/seed</c> (docs/sandbox.md).</summary>
internal static class SeedRoutes
{
    private const string FileName = "seed.yaml";

    public static void Map(WebApplication app, SandboxDatabase sandbox)
    {
        app.MapGet("/_sandbox/seed", http => SandboxRoutes.Answer(http, async () =>
        {
            var text = SeedFileWriter.Write(await Export(sandbox, http.Request.Query["workspace"].ToString(), http.RequestAborted));
            return Reply.Sent(answer =>
            {
                answer.Response.ContentType = "application/yaml; charset=utf-8";
                return answer.Response.WriteAsync(text, answer.RequestAborted);
            });
        }));
        app.MapPut("/_sandbox/seed", http => SandboxRoutes.Answer(http, async () =>
        {
            try
            {
                await sandbox.Refill(SeedFileReader.Parse(FileName, await Text(http)), http.RequestAborted);
            }
            catch (SettingsException wrong)
            {
                throw Problem.Invalid([.. wrong.Problems.Select(problem => new FieldError("seed", problem))]);
            }
            return SandboxRoutes.Now(sandbox);
        }));
    }

    private static async Task<SeedFile> Export(SandboxDatabase sandbox, string asked, CancellationToken ct)
    {
        var (credentials, place) = asked switch
        {
            "" or "a" => (SandboxCredentials.A, 0),
            "b" => (SandboxCredentials.B, 1),
            _ => throw Problem.Invalid("workspace", "workspace must be a or b; a when left out."),
        };
        var workspaces = (await new WorkspaceService(sandbox.Db).All(ct)).OrderBy(one => one.Id).ToList();
        return await SeedExport.Of(new Verbs(sandbox.Db, _ => { }), Caller.System(workspaces[place].Id), credentials.Unmarked, ct);
    }

    private static async Task<string> Text(HttpContext http)
    {
        var accepted = $"The body must be the YAML of a file of fixtures in UTF-8, of at most {SeedFileReader.MaxBytes / 1024} KiB.";
        var buffer = new byte[SeedFileReader.MaxBytes + 1];
        var length = await http.Request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, http.RequestAborted);
        if (length > SeedFileReader.MaxBytes) throw Problem.Invalid("seed", accepted);
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(buffer, 0, length);
        }
        catch (DecoderFallbackException)
        {
            throw Problem.Invalid("seed", accepted);
        }
    }
}
