using System.Text.Json;
using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Storage;

namespace Tributary.Core.Log;

/// <summary>
/// Who may be told of an event: whoever sees the deal it belongs to, else the record it is about, and holds a scope for
/// that kind of record. What shapes the workspace is told to everyone in it; credentials and the like only to admins.
/// </summary>
internal static class EventSight
{
    private static readonly Dictionary<string, (ListSource Source, string Noun)> Records = new()
    {
        ["deal"] = (ListSources.Deals, "deals"),
        ["person"] = (ListSources.Persons, "persons"),
        ["organization"] = (ListSources.Organizations, "organizations"),
        ["product"] = (ListSources.Products, "products"),
        ["lead"] = (ListSources.Leads, "leads"),
        ["activity"] = (ListSources.Activities, "activities"),
        ["note"] = (ListSources.Notes, "notes"),
        ["file"] = (ListSources.Files, "files"),
        ["mail_message"] = (ListSources.Mail, "mail"),
    };

    private static readonly Dictionary<string, string> Settings = new()
    {
        ["workspace"] = "workspace",
        ["pipeline"] = "pipelines",
        ["stage"] = "pipelines",
        ["label"] = "labels",
        ["tag"] = "tags",
        ["lost_reason"] = "lost_reasons",
        ["activity_type"] = "activities",
        ["field"] = "fields",
        ["currency"] = "currencies",
        ["user"] = "users",
        ["user_group"] = "users",
        ["automation"] = "automations",
        ["goal"] = "goals",
    };

    /// <summary>One question per kind of record, however many events there are.</summary>
    public static async Task<IReadOnlyList<LogEvent>> Visible(Tx tx, Caller caller, IReadOnlyList<LogEvent> events)
    {
        var scoped = events.Where(@event => HasScope(caller, @event)).ToList();
        if (caller is { IsAdmin: true, AppId: null }) return scoped;
        var catalog = await tx.CatalogFor(caller);

        var seen = new HashSet<(string, long)>();
        foreach (var asked in scoped.Select(Decides).OfType<(string Subject, long Id)>()
            .GroupBy(record => record.Subject, record => record.Id))
        {
            foreach (var some in asked.Distinct().Chunk(ListQuery.MaxLimit))
            {
                var page = await ListStore.Ids(tx, caller, Records[asked.Key].Source, new()
                {
                    Condition = Condition.Test("id", Operator.In, [.. some.Select(id => (Operand)id)]),
                    Scope = Scope.Any,
                    Limit = ListQuery.MaxLimit,
                });
                seen.UnionWith(page.Items.Select(id => (asked.Key, id)));
            }
        }
        return Told(scoped.Where(@event => Decides(@event) is { } record ? seen.Contains(record) : Settings.ContainsKey(@event.Subject)),
            catalog);
    }

    /// <summary>
    /// Lines as someone may read them: without the custom fields that they do not see. A line that told of nothing else stays, so that a
    /// version is not missing.
    /// </summary>
    public static IReadOnlyList<LogEvent> Told(IEnumerable<LogEvent> events, WorkspaceCatalog seen)
    {
        if (seen.Hidden.Count == 0) return [.. events];
        var fields = seen.Hidden.Select(field => field.Id).ToHashSet();
        return
        [
            .. events.Where(@event => @event.Subject != "field" || !fields.Contains(@event.SubjectId))
                .Select(@event => @event with { Changes = [.. @event.Changes.Where(change => !IsAbout(@event.Subject, change, seen))] }),
        ];
    }

    // Also what settings say about a field: what a stage asks for, what an automation looks at. Texts that people wrote about records are
    // theirs.
    private static bool IsAbout(string subject, Change change, WorkspaceCatalog seen) =>
        seen.HidesOneIn(change.Field) || seen.HidesOneIn(Setting(subject, change.Old)) || seen.HidesOneIn(Setting(subject, change.New));

    private static string? Setting(string subject, JsonElement? value) =>
        value is { } json && (json.ValueKind is JsonValueKind.Object or JsonValueKind.Array || subject == "automation")
        ? json.GetRawText() : null;

    /// <summary>The record that decides who sees the event; none for what everyone or no one but admins sees.</summary>
    private static (string Subject, long Id)? Decides(LogEvent @event)
    {
        if (@event.DealId is { } deal) return ("deal", deal);
        return Records.ContainsKey(@event.Subject) ? (@event.Subject, @event.SubjectId) : null;
    }

    private static bool HasScope(Caller caller, LogEvent @event)
    {
        if (Records.TryGetValue(@event.Subject, out var record)) return caller.MayRead(record.Noun);
        if (Settings.TryGetValue(@event.Subject, out var noun)) return caller.MayRead(noun);
        return @event.DealId is not null ? caller.MayRead("deals") : caller.Scopes.Contains("*") || caller.Scopes.Contains("read");
    }
}
