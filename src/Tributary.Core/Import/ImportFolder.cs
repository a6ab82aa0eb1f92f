using Tributary.Core.Kernel;

namespace Tributary.Core.Import;

/// <summary>
/// Where uploaded files wait for their import, and its rejects for whoever asks. Names are uids that we made, so no word of
/// a client reaches the disk; what is older than the jobs is removed when the next upload comes.
/// </summary>
public sealed class ImportFolder(string root, TimeProvider clock, long maxBytes)
{
    private readonly string root = Path.GetFullPath(root);

    /// <summary>The largest upload.</summary>
    public long MaxBytes => maxBytes;

    /// <summary>Keeps an upload as CSV; of a workbook, the sheet of that name, or the first one.</summary>
    /// <returns>The sheets of the workbook, none for a CSV file.</returns>
    internal async Task<IReadOnlyList<string>> Store(Guid uid, Stream content, string? sheet, CancellationToken ct)
    {
        Directory.CreateDirectory(root);
        Sweep();
        try
        {
            await Write(PathOf(uid), content, ct);
            return await Unfold(uid, sheet, ct);
        }
        catch
        {
            Forget(uid);
            throw;
        }
    }

    internal Stream Open(Guid uid) => new FileStream(PathOf(uid), FileMode.Open, FileAccess.Read, FileShare.Read);

    internal Stream Rejects(Guid uid) => new FileStream(RejectsOf(uid), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);

    /// <summary>None when no row was rejected.</summary>
    internal Stream? FindRejects(Guid uid) =>
        File.Exists(RejectsOf(uid)) ? new FileStream(RejectsOf(uid), FileMode.Open, FileAccess.Read, FileShare.ReadWrite) : null;

    /// <summary>The upload has done its work; the rejects stay.</summary>
    internal void Forget(Guid uid) => File.Delete(PathOf(uid));

    private async Task Write(string path, Stream content, CancellationToken ct)
    {
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        var buffer = new byte[81_920];
        for (int read; (read = await content.ReadAsync(buffer, ct)) > 0;)
        {
            if (file.Length + read > maxBytes) throw Problem.TooLarge($"A file to import has at most {maxBytes} bytes.");
            await file.WriteAsync(buffer.AsMemory(0, read), ct);
        }
        file.Flush(flushToDisk: true);
    }

    private async Task<IReadOnlyList<string>> Unfold(Guid uid, string? sheet, CancellationToken ct)
    {
        await using var upload = Open(uid);
        if (await Workbook.Sheets(upload, ct) is not { Count: > 0 } sheets) return [];
        var unfolded = PathOf(uid) + ".sheet";
        try
        {
            await Workbook.ToCsv(upload, sheet, unfolded, maxBytes, ct);
            File.Move(unfolded, PathOf(uid), overwrite: true);
            return sheets;
        }
        finally
        {
            File.Delete(unfolded);
        }
    }

    private void Sweep()
    {
        var old = clock.GetUtcNow().UtcDateTime - Jobs.JobSchedule.KeptFor;
        foreach (var file in new DirectoryInfo(root).EnumerateFiles())
        {
            if (file.LastWriteTimeUtc < old) file.Delete();
        }
    }

    private string PathOf(Guid uid) => Path.Combine(root, $"{uid:N}.csv");

    private string RejectsOf(Guid uid) => Path.Combine(root, $"{uid:N}.rejects.csv");
}
