using System.Text;
using Tributary.Core.Catalog;
using Tributary.Core.Kernel;

namespace Tributary.Core.Activities;

/// <summary>What may happen to an activity type. Pure.</summary>
internal static class ActivityTypeRules
{
    public const int MaxTypes = 200;
    public const int MaxName = 100;

    /// <summary>A new type, without ids, which storage gives.</summary>
    public static ActivityType Create(ActivityTypePatch patch, WorkspaceCatalog catalog, DateTimeOffset now)
    {
        if (catalog.ActivityTypes.Count >= MaxTypes) throw Problem.TooLarge($"A workspace has at most {MaxTypes} activity types.");
        var blank = new ActivityType
        {
            Id = 0,
            Uid = default,
            Key = Key(patch.Name.Or(""), catalog),
            Name = "",
            Icon = "task",
            Position = catalog.ActivityTypes.Select(type => type.Position).DefaultIfEmpty(0).Max() + 1,
            IsActive = true,
            IsCustom = true,
            AddedAt = now,
            UpdatedAt = now,
            Version = 1,
        };
        return Fill(blank, patch with { Name = patch.Name.Or("") });
    }

    /// <returns>The same instance when nothing would change.</returns>
    public static ActivityType Apply(ActivityType type, ActivityTypePatch patch, DateTimeOffset now)
    {
        var after = Fill(type, patch);
        return after == type ? type : after with { UpdatedAt = now, Version = type.Version + 1 };
    }

    private static ActivityType Fill(ActivityType type, ActivityTypePatch patch)
    {
        var checks = new Checks();
        var after = type with
        {
            Name = patch.Name.IsSet ? checks.Text("name", patch.Name.Value, MaxName) : type.Name,
            Icon = patch.Icon.IsSet ? checks.Text("icon", patch.Icon.Value, MaxName) : type.Icon,
            Color = patch.Color.IsSet ? patch.Color.Value : type.Color,
            Position = patch.Position.Or(type.Position),
            IsActive = patch.IsActive.Or(type.IsActive),
        };
        checks.Require(after.Color is null || (after.Color.Length == 6 && after.Color.All(char.IsAsciiHexDigit)), "color",
            "color is six hexadecimal digits such as FF8800.");
        checks.Require(after.Position is >= 0 and <= 1_000_000, "position", "position is a whole number from 0 to 1000000.");
        checks.Done();
        return after;
    }

    /// <summary>The name in lower-case letters, digits and underscores, with a number behind it where that is taken.</summary>
    private static string Key(string name, WorkspaceCatalog catalog)
    {
        var text = new StringBuilder();
        foreach (var character in Folding.Fold(name).Take(40))
        {
            if (char.IsAsciiLetterOrDigit(character)) text.Append(character);
            else if (text.Length > 0 && text[^1] != '_') text.Append('_');
        }
        var stem = text.ToString().Trim('_');
        if (stem.Length == 0) stem = "type";

        var taken = catalog.ActivityTypes.Select(type => type.Key).ToHashSet();
        return Enumerable.Range(1, taken.Count + 1).Select(n => n == 1 ? stem : $"{stem}_{n}").First(key => !taken.Contains(key));
    }
}
