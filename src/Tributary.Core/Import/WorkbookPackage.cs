using System.IO.Compression;
using System.Xml;
using Tributary.Core.Kernel;

namespace Tributary.Core.Import;

/// <summary>
/// The parts of an Office file (ECMA-376 part 2). What it holds is reached through relationships, as the standard asks, since programs name
/// the parts as they like.
/// </summary>
internal sealed class WorkbookPackage(Stream file) : IDisposable
{
    private readonly ZipArchive zip = new(file, ZipArchiveMode.Read, leaveOpen: true);

    /// <summary>The refusal of a file that is not what it claims to be.</summary>
    public static ProblemException Damaged() =>
        Problem.Invalid("file", "The workbook is damaged, or is none; save it again as .xlsx, or as CSV.");

    public void Dispose() => zip.Dispose();

    /// <summary>What a part, or the package itself, refers to.</summary>
    public List<(string Id, string Type, string Part)> Targets(string part)
    {
        var folder = part.LastIndexOf('/') is >= 0 and var end ? part[..(end + 1)] : "";
        var targets = new List<(string, string, string)>();
        using var xml = Part($"{folder}_rels/{part[folder.Length..]}.rels");
        while (xml.Read())
        {
            if (xml is not { NodeType: XmlNodeType.Element, LocalName: "Relationship" } || xml.GetAttribute("TargetMode") == "External")
            {
                continue;
            }
            var (type, target) = (xml.GetAttribute("Type") ?? "", xml.GetAttribute("Target") ?? "");
            if (!Uri.TryCreate(new Uri($"zip:///{folder}"), target, out var resolved)) continue;
            targets.Add(
                (xml.GetAttribute("Id") ?? "", type[(type.LastIndexOf('/') + 1)..], Uri.UnescapeDataString(resolved.AbsolutePath)
                    .TrimStart('/')));
        }
        return targets;
    }

    public XmlReader Part(string name) => XmlReader.Create(
        (zip.GetEntry(name) ?? throw Damaged()).Open(),
        new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CloseInput = true });
}
