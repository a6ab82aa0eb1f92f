using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace Tributary.Server.Web;

/// <summary>A file of the built web app, with what its answer says about it.</summary>
internal sealed record WebFile(string Path, string ContentType, bool IsHashed, bool HasBrotli, bool HasGzip)
{
    private readonly Lazy<string> tag = new(() =>
    {
        using var content = File.OpenRead(Path);
        return $"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..24]}\"";
    });

    /// <summary>Of its content, which is read when it is first asked for and not at every start.</summary>
    public string Tag => tag.Value;
}

/// <summary>The built web app in its folder, looked at once at start: what is served is what was there then.</summary>
internal sealed class WebFiles
{
    /// <summary>Where the page wants the text that lets its style elements through the content security policy.</summary>
    public const string NoncePlace = "__NONCE__";

    private static readonly FrozenDictionary<string, string> types = new Dictionary<string, string>
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".json"] = "application/json",
        [".webmanifest"] = "application/manifest+json",
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
        [".ico"] = "image/x-icon",
        [".woff2"] = "font/woff2",
        [".txt"] = "text/plain; charset=utf-8",
        [".map"] = "application/json",
    }.ToFrozenDictionary();

    private readonly FrozenDictionary<string, WebFile> files;

    public WebFiles(string folder)
    {
        files = (Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories) : [])
            .Where(path => types.ContainsKey(Path.GetExtension(path)))
            .ToFrozenDictionary(path => "/" + Path.GetRelativePath(folder, path).Replace('\\', '/'), Look);
        Page = Find("/index.html") is { } page ? File.ReadAllText(page.Path) : null;
    }

    /// <summary>The page that every address of the app opens; none when the app was not built.</summary>
    public string? Page { get; }

    public WebFile? Find(string path) => files.GetValueOrDefault(path);

    private static WebFile Look(string path) => new(path, types[Path.GetExtension(path)],
        path.Contains($"{Path.DirectorySeparatorChar}assets{Path.DirectorySeparatorChar}", StringComparison.Ordinal),
        File.Exists(path + ".br"), File.Exists(path + ".gz"));
}
