using System.Globalization;
using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Labels;
using Tributary.Core.Lists;

namespace Tributary.Core.Automations;

/// <summary>What an automation may be. Pure: what must be looked up is passed in.</summary>
internal static class AutomationRules
{
    public const int MaxPerWorkspace = 200;
    public const int MaxName = 255;
    public const int MaxDays = 3_650;

    /// <summary>So many runs in a row that could do nothing turn an automation off.</summary>
    public const int FailuresBeforeOff = 10;

    /// <summary>Reads a patch: everything that is wrong with it is named at once.</summary>
    /// <param name="blank">What there is without the patch.</param>
    /// <param name="patch">What is said about it.</param>
    /// <param name="catalog">Which stages, users, labels and fields there are.</param>
    /// <param name="webhooks">The ids of the webhooks that may be called.</param>
    /// <param name="now">For what "in seven days" would be.</param>
    public static Automation Apply(Automation blank, AutomationPatch patch, WorkspaceCatalog catalog, IReadOnlySet<long> webhooks,
        DateTimeOffset now)
    {
        if (patch.ExpectedVersion is { } expected && expected != blank.Version) throw Problem.Stale("automation", blank.Id, blank.Version);
        var checks = new Checks();
        foreach (var wrong in patch.Misspelled) checks.Fail(wrong.Field, wrong.Message);
        var after = blank with
        {
            Name = checks.Text("name", patch.Name.Or(blank.Name), MaxName),
            Trigger = patch.Trigger.IsSet ? Checked(checks, patch.Trigger.Value, catalog) : blank.Trigger,
            Filter = patch.Filter.IsSet ? Checked(checks, patch.Filter.Value, catalog, now) : blank.Filter,
            Actions = patch.Actions.IsSet ? Checked(checks, patch.Actions.Value, catalog, webhooks, now) : blank.Actions,
            IsOn = patch.IsOn.Or(blank.IsOn),
        };
        checks.Done();
        return after;
    }

    /// <summary>The field of a trigger that waits for a day or moment; none when it is no such field.</summary>
    public static ListField? DateField(string name, WorkspaceCatalog catalog) =>
        ListSources.Deals.Find(name, catalog)
        is { Kind: FieldKind.Day or FieldKind.Instant, Through: null, Rewrite: null, Path.Count: <= 1 } field ? field : null;

    private static Trigger Checked(Checks checks, Trigger trigger, WorkspaceCatalog catalog)
    {
        switch (trigger)
        {
            case { Kind: TriggerKind.Updated, Field: { } field }:
                var custom = ListSources.Deals.Find(field, catalog) is { Path.Count: > 0 } found ? Logged(field, found) : null;
                checks.Require(custom is not null || DealHistory.Names.Contains(field), "trigger.field",
                    $"field must be one of {string.Join(", ", DealHistory.Names)}, custom.<key or slug>.");
                return trigger with { Field = custom ?? field };
            case { Kind: TriggerKind.StageChanged, StageId: { } stage }:
                checks.Require(catalog.Stage(stage) is { DeletedAt: null }, "trigger.stage_id", $"No stage with id {stage}.");
                return trigger;
            case { Kind: TriggerKind.DateReached, Field: { } date }:
                var reached = DateField(date, catalog);
                checks.Require(reached is not null, "trigger.field",
                    "field must be a day or moment of deals, such as expected_close, next_followup_at, closed_at, or a custom field of type date.");
                return reached is null ? trigger : trigger with { Field = Logged(date, reached) };
            default:
                return trigger;
        }
    }

    // The log names custom fields by their key, whatever the caller named them by.
    private static string Logged(string name, ListField field) => field.Path.Count > 0 ? $"custom.{field.Path[0]}" : name;

    private static Condition Checked(Checks checks, Condition filter, WorkspaceCatalog catalog, DateTimeOffset now)
    {
        try
        {
            Binding.Bind(ListSources.Deals, filter, catalog, now);
        }
        catch (ProblemException refused) when (refused.Problem.Code is ProblemCode.Invalid)
        {
            checks.Fail("filter", refused.Message);
        }
        return filter;
    }

    private static Seq<AutomationAction> Checked(Checks checks, Seq<AutomationAction> actions, WorkspaceCatalog catalog,
        IReadOnlySet<long> webhooks, DateTimeOffset now) =>
        [.. actions.Select((action, i) => Checked(checks, string.Create(CultureInfo.InvariantCulture, $"actions.{i}."), action, catalog,
            webhooks, now))];

    private static AutomationAction Checked(Checks checks, string place, AutomationAction action, WorkspaceCatalog catalog,
        IReadOnlySet<long> webhooks, DateTimeOffset now)
    {
        switch (action)
        {
            case AutomationAction.CreateActivity activity:
                if (activity.ActivityType is { } type)
                {
                    checks.Require(catalog.ActivityTypes.Any(known => known is { IsActive: true } && known.Key == type),
                        $"{place}activity_type", $"No active activity type {type}.");
                }
                if (activity.OwnerId is { } owner) NeedUser(checks, $"{place}owner_id", owner, catalog);
                if (activity.DueTime is { } time)
                {
                    checks.Require(TimeOnly.TryParseExact(time, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
                        $"{place}due_time", "due_time must be a time of the day such as 09:30.");
                }
                return activity with
                {
                    Subject = checks.Text($"{place}subject", activity.Subject, Activities.ActivityRules.MaxSubject),
                    Note = checks.OptionalText($"{place}note", activity.Note, 10_000),
                };
            case AutomationAction.SetField set:
                SettableFields.Patch(checks, place, set, catalog, now);
                return set;
            case AutomationAction.Move move:
                checks.Require(catalog.Stage(move.StageId) is { DeletedAt: null }, $"{place}stage_id", $"No stage with id {move.StageId}.");
                return move;
            case AutomationAction.Assign assign:
                NeedUser(checks, $"{place}user_id", assign.UserId, catalog);
                return assign;
            case AutomationAction.Tag tag:
                checks.Require(tag.Add.Count + tag.Remove.Count > 0, $"{place}add", "add or remove must name a tag.");
                return new AutomationAction.Tag([.. tag.Add.Select(name => checks.Text($"{place}add", name, TagStore.MaxName))],
                    [.. tag.Remove.Select(name => checks.Text($"{place}remove", name, TagStore.MaxName))]);
            case AutomationAction.Label label:
                checks.Require(label.Add.Count + label.Remove.Count > 0, $"{place}add", "add or remove must name a label.");
                foreach (var id in label.Add)
                {
                    checks.Require(catalog.Label(id) is { Subject: "deal", DeletedAt: null }, $"{place}add",
                        $"No label of deals with id {id}.");
                }
                return label;
            case AutomationAction.Follow follow:
                NeedUser(checks, $"{place}user_id", follow.UserId, catalog);
                return follow;
            case AutomationAction.CallWebhook call:
                checks.Require(webhooks.Contains(call.WebhookId), $"{place}webhook_id", $"No webhook with id {call.WebhookId}.");
                return call;
            case AutomationAction.Unreadable:
                return action;
            default:
                throw new InvalidOperationException("Actions are a closed set.");
        }
    }

    private static void NeedUser(Checks checks, string place, long id, WorkspaceCatalog catalog) =>
        checks.Require(catalog.User(id) is { IsActive: true }, place, $"No active user with id {id}.");
}
