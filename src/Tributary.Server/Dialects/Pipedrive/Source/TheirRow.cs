using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.Source;

/// <summary>What a row of theirs says: nothing rather than a refusal where it says something else than it should.</summary>
internal static class TheirRow
{
    public static IEnumerable<NewOption> OptionsOf(JsonElement field) =>
        !field.TryGetProperty("options", out var options) || options.ValueKind is not JsonValueKind.Array ? []
        : options.EnumerateArray().Where(option => option.ValueKind is JsonValueKind.Object && NumberOf(option, "id") > 0)
        .Select(option => new NewOption(TextOf(option, "label"), TextOf(option, "color") is { Length: > 0 } color ? color : null,
            NumberOf(option, "id")));

    public static string IdOf(JsonElement row) => row.GetProperty("id").GetRawText();

    public static long NumberOf(JsonElement row, string member) =>
        row.TryGetProperty(member, out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetDecimal(out var number)
        ? (long)Math.Clamp(number, long.MinValue, long.MaxValue) : 0;

    public static string TextOf(JsonElement row, string member) =>
        row.TryGetProperty(member, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString()! : "";

    public static bool Flag(JsonElement row, string member) =>
        row.TryGetProperty(member, out var value)
        && (value.ValueKind is JsonValueKind.True || value.ValueKind is JsonValueKind.Number && value.GetRawText() == "1");

    public static long? Number(JsonObject row, string member) =>
        row[member] is JsonValue value && value.TryGetValue<long>(out var number) ? number : null;

    public static Field<string?> Text(JsonObject row, string member) =>
        row[member] is JsonValue value && value.TryGetValue<string>(out var text) ? text : default(Field<string?>);

    public static Field<DateTimeOffset> Moment(JsonObject row, string member) =>
        row[member] is JsonValue value && value.TryGetValue<string>(out var text)
        && (Times.TryInstant(text, out var at) || Times.TrySql(text, out at)) ? at : default(Field<DateTimeOffset>);

    public static string Cut(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
