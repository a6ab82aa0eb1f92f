using System.Collections.Concurrent;
using System.Text.Json;
using Tributary.Core.Fields;
using Tributary.Core.Storage;

namespace Tributary.Core.Log;

/// <summary>A field whose changes the log records: its name there, and how to read it.</summary>
public sealed record Tracked<T>(string Field, Func<T, object?> Value);

/// <summary>Pure: what is different between two states of one record.</summary>
public static class Tracked
{
    private const int MostUsual = 5_000;

    private static readonly ConcurrentDictionary<object, JsonElement> usual = new();

    /// <param name="before">None for a creation.</param>
    /// <param name="after">None for a deletion for good.</param>
    public static IReadOnlyList<Change> Between<T>(IReadOnlyList<Tracked<T>> fields, T? before, T? after) where T : class
    {
        var changes = new List<Change>();
        foreach (var field in fields)
        {
            var old = before is null ? null : field.Value(before);
            var @new = after is null ? null : field.Value(after);
            if (Equals(old, @new)) continue;

            if (old is CustomValues || @new is CustomValues)
            {
                AddCustom(changes, field.Field, (CustomValues?)old ?? CustomValues.None, (CustomValues?)@new ?? CustomValues.None);
            }
            else changes.Add(new(field.Field, Json(old), Json(@new)));
        }
        return changes;
    }

    /// <summary>The word of the log for a change of a record that can be deleted and restored.</summary>
    public static string Action(bool isNew, DateTimeOffset? deletedBefore, DateTimeOffset? deletedAfter) =>
        (isNew, deletedBefore, deletedAfter) switch
        {
            (true, _, _) => "created",
            (_, null, not null) => "deleted",
            (_, not null, null) => "restored",
            _ => "updated",
        };

    // One line per custom field, "custom.<key>", so that each has a history of its own.
    private static void AddCustom(List<Change> changes, string prefix, CustomValues old, CustomValues @new)
    {
        foreach (var key in old.All.Select(value => value.Key).Union(@new.All.Select(value => value.Key)))
        {
            var (before, after) = (old[key], @new[key]);
            if (before?.GetRawText() != after?.GetRawText()) changes.Add(new($"{prefix}.{key}", before, after));
        }
    }

    private static JsonElement? Json(object? value) => value switch
    {
        null => null,
        DateTimeOffset instant => Spelled(Spelling.InstantText(instant)),
        bool or Enum or long and >= 0 and < 1_000 or int and >= 0 and < 1_000 or string { Length: <= 6 } => Usual(value),
        _ => Spelled(value),
    };

    // What most lines say again and again: statuses, currencies, small ids.
    private static JsonElement Usual(object value)
    {
        if (usual.TryGetValue(value, out var known)) return known;
        var spelled = Spelled(value);
        if (usual.Count < MostUsual) usual.TryAdd(value, spelled);
        return spelled;
    }

    private static JsonElement Spelled(object value) => JsonSerializer.SerializeToElement(value, value.GetType(), Documents.Options);
}
