using System.Text.Json;
using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Pipelines;
using Tributary.Server.Api;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Switch;

/// <summary>
/// What Switch reads of a deal. Unknown members are ignored; null clears what the object shows as nullable (reference §3.4).
/// </summary>
internal static class DealBody
{
    private static readonly Member<Guid> PipelineId = Members.Uid("pipeline_id", "Must belong to your organization.");
    private static readonly Member<Guid> StageId = Members.Uid("stage_id", "Must belong to the pipeline.");
    private static readonly Member<string> Name = Members.Text("name", "1 to 200 characters.", 200);
    private static readonly Member<decimal> Amount = Members.Number("amount", "0 or more.", min: 0).Nullable();
    private static readonly Member<string> Currency = Members.Text("currency", "Three letters; USD when left out.", 3);
    private static readonly Member<DateOnly> ExpectedClose = DateOrDateTime("expected_close_date").Nullable();
    private static readonly Member<Guid> CustomerId = Members.Uid("customer_id", "A customer of your organization.").Nullable();
    private static readonly Member<Guid> OwnerId = Members.Uid("owner_id", "A user of your organization.").Nullable();
    private static readonly Member<DealPriority> Priority = Members.Word("priority", "medium when left out.", Words.Priorities);
    private static readonly Member<string> Notes = Members.LongText("notes", "").Nullable();
    private static readonly Member<Seq<string>> Tags = Members.List("tags", "", Members.Text("", "", 100));
    private static readonly Member<decimal> Position = Members.Number("position", "Order within the stage, stored as given.");
    private static readonly Member<DealStatus> Status = Members.Word("status", "won and lost stamp won_at and lost_at.", Words.Statuses);

    public static readonly Shape New =
        new("NewDeal", PipelineId.Required(), StageId.Required(), Name.Required(), Amount, Currency, ExpectedClose, CustomerId, OwnerId,
            Priority, Notes, Tags);
    public static readonly Shape Patch =
        new("DealPatch", Name, Amount, Currency, ExpectedClose, CustomerId, OwnerId, StageId, Priority, Notes, Tags, Position, Status,
            PipelineId);

    public static SentDeal ReadNew(Body body, WorkspaceCatalog catalog)
    {
        var sent = Read(body, catalog);
        return sent with
        {
            Patch = sent.Patch with
            {
                PipelineId = Pipeline(body, catalog),
                Currency = sent.Patch.Currency.Or("USD"),
                OwnerId = sent.Patch.OwnerId.Or(null),
                Value = sent.Patch.Value.Or(null),
                Status = default,
                Position = default,
            },
        };
    }

    /// <param name="pipelineId">The deal's own pipeline: the only one that a patch may name.</param>
    public static SentDeal ReadPatch(Body body, WorkspaceCatalog catalog, long? pipelineId)
    {
        var named = Pipeline(body, catalog);
        if (pipelineId is { } own && named.IsSet && named.Value != own)
        {
            body.Fail("pipeline_id", "pipeline_id cannot be changed: it must be the deal's own.");
        }
        return Read(body, catalog);
    }

    private static SentDeal Read(Body body, WorkspaceCatalog catalog) => new(
        new()
        {
            StagePolicy = StagePolicy.SamePipeline,
            Title = body.Words(Name),
            Value = body.Clearable(Amount),
            Currency = body.Get(Currency),
            StageId = Stage(body, catalog),
            Priority = body.Get(Priority),
            OwnerId = Owner(body, catalog),
            ExpectedClose = body.Clearable(ExpectedClose),
            Description = body.ClearableText(Notes),
            Tags = body.Get(Tags),
            Position = body.Get(Position),
            Status = body.Get(Status),
        },
        body.Clearable(CustomerId));

    private static Field<long> Pipeline(Body body, WorkspaceCatalog catalog)
    {
        var sent = body.Get(PipelineId);
        if (!sent.IsSet) return default;
        if (catalog.Pipelines.FirstOrDefault(pipeline => pipeline.Uid == sent.Value) is { } found) return found.Id;
        body.Fail("pipeline_id", "pipeline_id must be a pipeline of your organization.");
        return default;
    }

    private static Field<long> Stage(Body body, WorkspaceCatalog catalog)
    {
        var sent = body.Get(StageId);
        if (!sent.IsSet) return default;
        if (catalog.Stages.FirstOrDefault(stage => stage.Uid == sent.Value && stage.Kind is StageKind.Open) is { } found) return found.Id;
        body.Fail("stage_id", "stage_id must be a stage of your organization.");
        return default;
    }

    private static Field<long?> Owner(Body body, WorkspaceCatalog catalog)
    {
        var sent = body.Clearable(OwnerId);
        if (sent is not { IsSet: true, Value: { } uid }) return sent.As(_ => (long?)null);
        if (catalog.User(uid) is { IsActive: true } user) return new(true, user.Id);
        body.Fail("owner_id", "owner_id must be an active user of your organization.");
        return default;
    }

    /// <summary>Dates are accepted as a day or a date-time; the day is kept (reference §3.4).</summary>
    private static Member<DateOnly> DateOrDateTime(string name) => new(name, "A date; of a date-time the day is kept.")
    {
        Accepts = "must be a date such as 2026-12-15, or a date-time",
        Schema = () => new() { ["type"] = "string" },
        FromJson = (JsonElement json, ReadingPolicy policy, out DateOnly value) =>
            TryDay(Members.TryText(json, out var text) ? text : "", out value),
        FromText = (string text, ReadingPolicy policy, out DateOnly value) => TryDay(text, out value),
    };

    private static bool TryDay(string text, out DateOnly day)
    {
        if (Times.TryDay(text, out day)) return true;
        if (!Times.TryInstant(text, out var instant)) return false;
        day = DateOnly.FromDateTime(instant.UtcDateTime);
        return true;
    }
}

/// <summary>A patch whose customer is still to be looked up.</summary>
internal sealed record SentDeal(DealPatch Patch, Field<Guid?> CustomerUid);
