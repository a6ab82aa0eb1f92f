using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Tributary.Core.Backups;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;
using Tributary.Server.Export;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Backups;

/// <summary>All of one workspace in files that other programs read, on either database; no backup, but everything people wrote.</summary>
internal static class CarryAwayRoutes
{
    private static readonly Member<ExportFormat> Format =
        Members.Word("format", "csv opens in a spreadsheet, jsonl (JSON Lines) keeps types; csv when left out.",
            ("csv", ExportFormat.Csv), ("jsonl", ExportFormat.Jsonl));

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/workspace/export.zip", "exportWorkspace", Records)
        {
            Tag = "Backups", Summary = "Export all records of the workspace, a file for each kind in one zip; for admins",
            Description = "Deals, organizations, persons, products and activities, archived ones included, deleted ones not.",
            Parameters = [Format], AnswerType = "application/zip",
        },
        new("GET", "/workspace/files.tar", "exportFiles", Files)
        {
            Tag = "Backups", Summary = "Download all attached files of the workspace; for admins",
            Description = "With the paths that they have below the data folder: unpacked there, a restored database finds them again.",
            AnswerType = "application/x-tar",
        },
    ];

    // A zip is written synchronously and answers are not, so it is made in a temporary file.
    private static async Task<Reply> Records(Call call)
    {
        var format = call.Query(Format, ExportFormat.Csv);
        call.Checked();
        foreach (var noun in Exporter.Nouns) call.Caller.MustRead(noun);
        if (!call.Caller.IsAdmin) throw Problem.Forbidden("Only admins carry away everything.");
        var exporter = new Exporter(call.Service<Db>());
        var file = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite,
            FileShare.None, 65_536, FileOptions.DeleteOnClose);
        try
        {
            using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
            {
                foreach (var noun in Exporter.Nouns)
                {
                    var entry = zip.CreateEntry($"{noun}.{(format is ExportFormat.Csv ? "csv" : "jsonl")}", CompressionLevel.Fastest);
                    await using var text = new StreamWriter(entry.Open(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
                    await exporter.Write(call.Caller, noun, format, text, call.Ct);
                }
            }
            file.Position = 0;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
        return BackupRoutes.Download("workspace.zip", "application/zip", async http =>
        {
            await using var zip = file;
            http.Response.ContentLength = zip.Length;
            await zip.CopyToAsync(http.Response.Body, http.RequestAborted);
        });
    }

    private static async Task<Reply> Files(Call call)
    {
        call.Checked();
        var files = await call.Service<BackupService>().Attachments(call.Caller, call.Ct);
        return BackupRoutes.Download("files.tar", "application/x-tar", async http =>
        {
            await using var tar = new TarWriter(http.Response.Body, TarEntryFormat.Pax, leaveOpen: true);
            foreach (var (path, content) in files)
            {
                await using var bytes = content;
                await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, path) { DataStream = bytes }, http.RequestAborted);
            }
        });
    }
}
