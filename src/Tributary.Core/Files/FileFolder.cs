using System.Security.Cryptography;
using Tributary.Core.Kernel;

namespace Tributary.Core.Files;

/// <summary>What was written: how much, its hash, and how it begins.</summary>
internal sealed record WrittenFile(long Size, string Sha256, byte[] Head);

/// <summary>
/// Where the bytes of files are: root/workspace uid/two digits/uid. Every part of a path is a uid that we made, so no
/// word of a client reaches the disk. A file appears under its name whole or not at all.
/// </summary>
public sealed class FileFolder(string root, TimeProvider clock, long maxBytes = FileFolder.DefaultMaxBytes)
{
    public const long DefaultMaxBytes = 100 * 1024 * 1024;

    private const string Partial = ".partial";

    private readonly string root = Path.GetFullPath(root);

    /// <summary>Copies at most the allowed size to disk, flushed; refuses what is larger, and then nothing stays.</summary>
    internal async Task<WrittenFile> Write(Guid workspace, Guid uid, Stream content, CancellationToken ct)
    {
        var path = PathOf(workspace, uid);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            var written = await Copy(content, path + Partial, ct);
            File.SetLastWriteTimeUtc(path + Partial, clock.GetUtcNow().UtcDateTime);
            File.Move(path + Partial, path);
            return written;
        }
        finally
        {
            File.Delete(path + Partial);
        }
    }

    /// <summary>What a file's row says about where its bytes are.</summary>
    internal static string KeyOf(Guid uid)
    {
        var name = uid.ToString("N");
        return $"{FileRules.Local}{name[^2..]}/{name}";
    }

    /// <summary>None when the bytes are not there.</summary>
    internal Stream? Open(Guid workspace, Guid uid)
    {
        try
        {
            return new FileStream(PathOf(workspace, uid),
                new FileStreamOptions
                {
                    Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
                    Share = FileShare.Read | FileShare.Delete,
                });
        }
        catch (IOException error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>All files of a workspace, by the paths below the data folder that a restore puts them back at.</summary>
    internal IEnumerable<(string Path, Stream Content)> All(Guid workspace)
    {
        var folder = new DirectoryInfo(Path.Combine(root, workspace.ToString("N")));
        if (!folder.Exists) yield break;
        foreach (var file in folder.EnumerateFiles("*", SearchOption.AllDirectories).OrderBy(file => file.FullName, StringComparer.Ordinal))
        {
            if (file.Name.EndsWith(Partial, StringComparison.Ordinal) || !Guid.TryParseExact(file.Name, "N", out var uid)) continue;
            if (Open(workspace, uid) is not { } content) continue;
            yield return ($"files/{Path.GetRelativePath(root, file.FullName).Replace('\\', '/')}", content);
        }
    }

    internal void Delete(Guid workspace, Guid uid)
    {
        if (File.Exists(PathOf(workspace, uid))) File.Delete(PathOf(workspace, uid));
    }

    /// <summary>
    /// The uids of a workspace's files on disk that were written before a moment; unfinished ones are removed on the way.
    /// </summary>
    internal IEnumerable<Guid> WrittenBefore(Guid workspace, DateTimeOffset moment)
    {
        var folder = new DirectoryInfo(Path.Combine(root, workspace.ToString("N")));
        if (!folder.Exists) yield break;

        foreach (var file in folder.EnumerateFiles("*", SearchOption.AllDirectories))
        {
            if (file.LastWriteTimeUtc >= moment.UtcDateTime) continue;
            if (file.Extension == Partial) file.Delete();
            else if (Guid.TryParseExact(file.Name, "N", out var uid)) yield return uid;
        }
    }

    // The last digits of a uid are random, its first ones are a time: folders made of the last ones fill evenly.
    private string PathOf(Guid workspace, Guid uid)
    {
        var name = uid.ToString("N");
        return Path.Combine(root, workspace.ToString("N"), name[^2..], name);
    }

    private async Task<WrittenFile> Copy(Stream content, string path, CancellationToken ct)
    {
        await using var file =
            new FileStream(path,
                new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Options = FileOptions.Asynchronous });
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[81_920];
        byte[] head = [];
        var size = 0L;
        for (int read; (read = await content.ReadAsync(buffer, ct)) > 0;)
        {
            size += read;
            if (size > maxBytes) throw Problem.TooLarge($"A file has at most {maxBytes} bytes.");
            if (head.Length < ContentTypes.HeadLength)
            {
                head = [.. head, .. buffer.AsSpan(0, Math.Min(read, ContentTypes.HeadLength - head.Length))];
            }
            hash.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read), ct);
        }
        file.Flush(flushToDisk: true);
        return new(size, Convert.ToHexStringLower(hash.GetHashAndReset()), head);
    }
}
