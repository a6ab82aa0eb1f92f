using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Pipelines;
using Tributary.Server.Api;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.AutomateNexus;

/// <summary>What the page reads of a deal. Unknown members are ignored; null clears what the object shows as nullable.</summary>
internal static class DealBody
{
    private static readonly Member<string> Title = Members.Text("title", "Deal title or name.", 255);
    private static readonly Member<Guid> PipelineId =
        Ids.Pipeline.Reference("pipeline_id", "Another pipeline puts the deal into stage_id, or into its first stage.");
    private static readonly Member<Guid> StageId =
        Ids.Stage.Reference("stage_id", "A stage of the deal's pipeline; the first one when left out of a new deal.");
    private static readonly Member<decimal> Value = Members.Number("value", "A number, never a text.").Nullable();
    private static readonly Member<string> Currency = Members.Text("currency", "ISO 4217; the workspace's currency when left out.", 3);
    private static readonly Member<Guid> ContactId =
        Ids.Contact.Reference("contact_id", "Primary contact, of the same workspace.").Nullable();
    private static readonly Member<Guid> OwnerId = Ids.User.Reference("owner_id", "The key's user when left out.").Nullable();
    private static readonly Member<DateOnly> ExpectedClose = Members.Day("expected_close_date", "YYYY-MM-DD.").Nullable();
    private static readonly Member<long> Probability = Members.Whole("probability", "Percent.", 0, 100).Nullable();
    private static readonly Member<Seq<string>> Tags = Members.List("tags", "Replaces all tags.", Members.Text("", "", 100)).Nullable();
    private static readonly Member<DealStatus> Status =
        Members.Word("status", "won and lost close the deal, open reopens it.", Words.Statuses);
    private static readonly Member<string> WonReason = Members.LongText("won_reason", "Of a won deal.").Nullable();
    private static readonly Member<string> LostReason = Members.LongText("lost_reason", "Of a lost deal.").Nullable();
    private static readonly Member<string> Competitor = Members.Text("competitor", "Who got the deal.", 255).Nullable();
    private static readonly Member<string> Note = Members.LongText("note", "Kept with the move in the stage history.").Nullable();

    public static readonly Shape New =
        new("NewDeal", Title.Required(), PipelineId.Required(), StageId, Value, Currency, ContactId, OwnerId, ExpectedClose, Probability,
            CustomFields.Member, Tags);
    public static readonly Shape Changes =
        new("DealChanges", Title, PipelineId, StageId, Value, Currency, ContactId, OwnerId, ExpectedClose, Probability, CustomFields.Member,
            Tags, Status, WonReason,
        LostReason, Competitor);
    public static readonly Shape Move = new("StageMove", StageId.Required(), Note);

    public static SentDeal ReadNew(Body body, WorkspaceCatalog catalog)
    {
        var sent = Read(body, catalog);
        return sent with { Patch = sent.Patch with { Currency = sent.Patch.Currency.Or(catalog.Workspace.BaseCurrency) } };
    }

    // The page recommends the stage route because it "properly triggers automations": a stage that is set here does not.
    public static SentDeal ReadChanges(Body body, WorkspaceCatalog catalog)
    {
        var sent = Read(body, catalog);
        return sent with
        {
            Patch = sent.Patch with
            {
                QuietMove = true,
                Status = body.Get(Status),
                WonReason = body.ClearableText(WonReason),
                LostReason = body.ClearableText(LostReason),
                Competitors = body.ClearableText(Competitor).As(name => string.IsNullOrWhiteSpace(name) ? (Seq<string>)[] : [name]),
            },
        };
    }

    public static DealPatch ReadMove(Body body, WorkspaceCatalog catalog) => new()
    {
        StagePolicy = StagePolicy.SamePipeline,
        ProbabilityPolicy = ProbabilityPolicy.FollowsStage,
        StageId = Stage(body, catalog),
        Note = body.ClearableText(Note).Or(null) is { } note && !string.IsNullOrWhiteSpace(note) ? note : null,
    };

    private static SentDeal Read(Body body, WorkspaceCatalog catalog) => new(
        new()
        {
            StagePolicy = StagePolicy.SamePipeline,
            ProbabilityPolicy = ProbabilityPolicy.FollowsStage,
            Title = body.Words(Title),
            PipelineId = Pipeline(body, catalog),
            StageId = Stage(body, catalog),
            Value = body.Clearable(Value),
            Currency = body.Get(Currency),
            OwnerId = Owner(body, catalog),
            ExpectedClose = body.Clearable(ExpectedClose),
            Probability = body.Clearable(Probability).As(percent => (decimal?)percent),
            Custom = CustomFields.Read(body),
            Tags = body.ClearableList(Tags),
        },
        body.Clearable(ContactId));

    private static Field<long> Pipeline(Body body, WorkspaceCatalog catalog)
    {
        var sent = body.Get(PipelineId);
        if (!sent.IsSet) return default;
        if (catalog.Pipelines.FirstOrDefault(pipeline => pipeline.Uid == sent.Value) is { } found) return found.Id;
        body.Fail("pipeline_id", "pipeline_id must be a pipeline of this workspace.");
        return default;
    }

    // Stages of kind won and lost hold no deals and are not shown here.
    private static Field<long> Stage(Body body, WorkspaceCatalog catalog)
    {
        var sent = body.Get(StageId);
        if (!sent.IsSet) return default;
        if (catalog.Stages.FirstOrDefault(stage => stage.Uid == sent.Value && stage.Kind is StageKind.Open) is { } found) return found.Id;
        body.Fail("stage_id", "The stage must belong to the deal's pipeline.");
        return default;
    }

    private static Field<long?> Owner(Body body, WorkspaceCatalog catalog) => Users.Read(body, OwnerId, catalog);
}

/// <summary>A patch whose contact is still to be looked up.</summary>
internal sealed record SentDeal(DealPatch Patch, Field<Guid?> ContactUid);

internal static class Users
{
    public static Field<long?> Read(Body body, Member<Guid> member, WorkspaceCatalog catalog)
    {
        var sent = body.Clearable(member);
        if (sent is not { IsSet: true, Value: { } uid }) return sent.As(_ => (long?)null);
        if (catalog.User(uid) is { IsActive: true } user) return new(true, user.Id);
        body.Fail(member.Name, $"{member.Name} must be an active user of this workspace.");
        return default;
    }
}
