using Tributary.Core.Activities;
using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Log;
using Tributary.Core.Storage;
using Tributary.Core.Webhooks;

namespace Tributary.Core.Automations;

/// <summary>
/// Carries out the actions of one run, in its unit of work. The verbs of deals and activities do it, with all their rules.
/// </summary>
internal sealed class AutomationActions(Tx tx, Caller caller, Automation automation, Deal first)
{
    private Deal deal = first;

    public List<RunStep> Steps { get; } = [];

    /// <summary>The one under way, so that a refusal can name it.</summary>
    public AutomationAction? Current { get; private set; }

    public async Task Run()
    {
        foreach (var action in automation.Actions)
        {
            Current = action;
            var text = await Perform(action);
            Steps.Add(new(AutomationJson.Word(action), text is null ? StepOutcome.Unchanged : StepOutcome.Done,
                text ?? "It was so already."));
        }
        Current = null;
    }

    private async Task<string?> Perform(AutomationAction action)
    {
        var catalog = await tx.Catalog();
        switch (action)
        {
            case AutomationAction.CreateActivity activity:
                var created = await ActivityService.Create(tx, caller, Patch(activity, catalog));
                // Its facts changed with what now hangs on it.
                deal = (await DealStore.Find(tx, deal.Id))!;
                return $"Activity {created.Id} for {created.DueOn:yyyy-MM-dd}.";
            case AutomationAction.SetField set:
                var checks = new Checks();
                var patch = SettableFields.Patch(checks, "", set, catalog, tx.Now);
                checks.Done();
                return await Change(patch!) ? $"{set.Field} was set." : null;
            case AutomationAction.Move move:
                return await Change(new() { StageId = move.StageId }) ? $"Moved to {catalog.Stage(move.StageId)?.Name}." : null;
            case AutomationAction.Assign assign:
                return await Change(assign.AsAssignee ? new() { AssigneeId = assign.UserId } : new() { OwnerId = assign.UserId })
                    ? $"Assigned to {catalog.User(assign.UserId)?.Name}." : null;
            case AutomationAction.Tag tag:
                Seq<string> names = [.. catalog.TagNames(deal.TagIds).Except(tag.Remove).Union(tag.Add)];
                return await Change(new() { Tags = names }) ? "The tags were changed." : null;
            case AutomationAction.Label label:
                Seq<long> labels = [.. deal.LabelIds.Except(label.Remove).Union(label.Add)];
                return await Change(new() { LabelIds = labels }) ? "The labels were changed." : null;
            case AutomationAction.Follow follow:
                var isNew = await DealService.Follow(tx, caller, deal.Id, follow.UserId);
                if (isNew) deal = (await DealStore.Find(tx, deal.Id))!;
                return isNew ? $"{catalog.User(follow.UserId)?.Name} follows." : null;
            case AutomationAction.CallWebhook call:
                return await Call(call);
            default:
                throw new InvalidOperationException("Actions are a closed set.");
        }
    }

    private async Task<bool> Change(DealPatch patch)
    {
        var after = await DealService.Update(tx, caller, deal, patch);
        var isChanged = !ReferenceEquals(after, deal);
        deal = after;
        return isChanged;
    }

    private ActivityPatch Patch(AutomationAction.CreateActivity activity, WorkspaceCatalog catalog) => new()
    {
        Subject = activity.Subject,
        Type = activity.ActivityType is { } type ? type : default(Field<string>),
        Note = activity.Note,
        DealId = deal.Id,
        PersonId = deal.PersonId is { } person ? person : default(Field<long?>),
        OrgId = deal.OrgId is { } org ? org : default(Field<long?>),
        OwnerId = activity.OwnerId ?? deal.OwnerId,
        DueOn = Calendar.At(tx.Now, catalog.Workspace.TimeZone).Today.AddDays(activity.DueInDays),
        DueTime = activity.DueTime,
    };

    /// <summary>A delivery like any other, written with the run: the webhook is told once the run is done, and if it is done.</summary>
    private async Task<string?> Call(AutomationAction.CallWebhook call)
    {
        if (await WebhookStore.Find(tx, call.WebhookId) is null)
        {
            throw Problem.Invalid("webhook_id", $"No webhook with id {call.WebhookId}.");
        }
        await DeliveryStore.Insert(tx, new()
        {
            Id = await tx.NextId("webhook_delivery_ids"),
            WebhookId = call.WebhookId,
            MessageUid = tx.NextUid(),
            EventId = await EventStore.NewestOf(tx, "deal", deal.Id),
            Type = WebhookRules.CalledType,
            Lane = WebhookRules.LaneOfDeal(deal.Id),
            AutomationId = automation.Id,
        });
        return $"Webhook {call.WebhookId} will be told.";
    }
}
