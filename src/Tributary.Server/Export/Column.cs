using System.Globalization;
using System.Text.Json;
using Tributary.Server.Hosting;

namespace Tributary.Server.Export;

/// <summary>One column of an export: its name, and its value as text, number, truth, day, moment or nothing.</summary>
internal sealed record Column<T>(string Name, Func<T, object?> Value);

/// <summary>The two ways to spell a value.</summary>
internal static class Cells
{
    /// <summary>
    /// A CSV field (RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, "CSV Injection");
    /// numbers are left as they are.
    /// </summary>
    public static string Csv(object? value)
    {
        var text = Text(value);
        if (value is string && text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n') text = "'" + text;
        return text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    public static void Json(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case null: json.WriteNull(name); break;
            case long number: json.WriteNumber(name, number); break;
            case int number: json.WriteNumber(name, number); break;
            case decimal number: json.WriteNumber(name, number); break;
            case bool truth: json.WriteBoolean(name, truth); break;
            default: json.WriteString(name, Text(value)); break;
        }
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        bool truth => truth ? "true" : "false",
        DateOnly day => Times.Spell(day),
        DateTimeOffset instant => Times.Spell(instant, TimeStyle.IsoMilliseconds),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"An export has no spelling for {value.GetType()}.", nameof(value)),
    };
}
