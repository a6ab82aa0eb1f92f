using System.Text.Json;
using Tributary.Core.Catalog;
using Tributary.Core.Currencies;
using Tributary.Core.Kernel;
using Tributary.Core.Users;

namespace Tributary.Core.Workspaces;

/// <summary>A workspace to be, with the admin who can let others in.</summary>
public sealed record NewWorkspace
{
    public required string Name { get; init; }
    public required NewUser Admin { get; init; }
    public string BaseCurrency { get; init; } = "USD";
    public string TimeZone { get; init; } = "UTC";
}

/// <summary>Changes to a workspace. Settings are a JSON object and replace the former ones.</summary>
public sealed record WorkspacePatch
{
    public Field<string> Name { get; init; }
    public Field<string> BaseCurrency { get; init; }
    public Field<string> TimeZone { get; init; }
    public Field<ReportRates> ReportRates { get; init; }
    public Field<string> Settings { get; init; }
}

/// <summary>Which workspaces may exist.</summary>
internal static class WorkspaceRules
{
    private const int MaxSettings = 64 * 1024;

    public static Workspace New(NewWorkspace given, long id, Guid uid, DateTimeOffset now)
    {
        var checks = new Checks();
        var workspace = new Workspace
        {
            Id = id,
            Uid = uid,
            Name = checks.Text("name", given.Name, 200),
            BaseCurrency = checks.Currency("base_currency", given.BaseCurrency),
            TimeZone = UserRules.TimeZone(checks, given.TimeZone),
            AddedAt = now,
        };
        checks.Require(IsoCurrencies.All.Any(iso => iso.Code == workspace.BaseCurrency),
            "base_currency", "base_currency must be a code of ISO 4217 such as EUR.");
        checks.Done();
        return workspace;
    }

    public static Workspace Apply(Workspace before, WorkspacePatch patch, WorkspaceCatalog catalog)
    {
        var checks = new Checks();
        var after = before with
        {
            Name = patch.Name.IsSet ? checks.Text("name", patch.Name.Value, 200) : before.Name,
            BaseCurrency = patch.BaseCurrency.IsSet ? checks.Currency("base_currency", patch.BaseCurrency.Value) : before.BaseCurrency,
            TimeZone = patch.TimeZone.IsSet ? UserRules.TimeZone(checks, patch.TimeZone.Value) : before.TimeZone,
            ReportRates = patch.ReportRates.Or(before.ReportRates),
            Settings = patch.Settings.IsSet ? Settings(checks, patch.Settings.Value) : before.Settings,
        };
        if (after.BaseCurrency != before.BaseCurrency)
        {
            checks.Require(catalog.Currency(after.BaseCurrency) is { IsActive: true },
                "base_currency", "base_currency must be an active currency of this workspace.");
        }
        checks.Done();

        // A rate says what a currency is worth in the base currency; under another base it would be a wrong number.
        if (after.BaseCurrency != before.BaseCurrency && catalog.Currencies.Any(currency => currency.Rate is not null))
        {
            throw Problem.Conflict("The base currency cannot change while exchange rates are stored, because they are given in it.",
                "workspace");
        }
        return after;
    }

    public static string Word(ReportRates rates) => rates switch { ReportRates.Today => "today", ReportRates.Locked => "locked" };

    private static string Settings(Checks checks, string? given)
    {
        if (given is { Length: <= MaxSettings } && IsObject(given)) return given;
        checks.Fail("settings", "settings must be a JSON object of at most 64 KiB.");
        return "{}";
    }

    private static bool IsObject(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind is JsonValueKind.Object && !text.Contains("\\u0000", StringComparison.Ordinal);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
