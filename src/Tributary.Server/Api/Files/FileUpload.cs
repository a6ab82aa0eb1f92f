using System.Text.Json;
using Tributary.Core.Files;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Files;

/// <summary>An upload whose members have been read and whose bytes are still to come.</summary>
internal sealed record FileUpload(FilePatch Patch, Stream Content)
{
    private const int MaxMember = 16 * 1024;

    // Parts of a form are texts, also those that are numbers.
    private static readonly ReadingPolicy Form = new() { NumericTexts = true, LooseFlags = true, RefuseUnknownMembers = true };

    public static async Task<FileUpload> Begin(Call call)
    {
        var form = await UploadForm.Begin(call, MaxMember);
        var members = form.Members.ToDictionary();
        if (form.FileName is not null) members.TryAdd("name", form.FileName);
        using var json = JsonDocument.Parse(JsonSerializer.SerializeToUtf8Bytes(members, UploadJson.Default.DictionaryStringString));
        return new(Body.Read(json.RootElement, FileBody.UploadMembers, Form, body => FileBody.Read(body, null)), form.Content);
    }
}

[System.Text.Json.Serialization.JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class UploadJson : System.Text.Json.Serialization.JsonSerializerContext;
