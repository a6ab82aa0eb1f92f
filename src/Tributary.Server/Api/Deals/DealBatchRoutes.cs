using System.Text.Json;
using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Deals;

/// <summary>Many deals in one request: each item is done or refused on its own, and says so at its index.</summary>
internal static class DealBatchRoutes
{
    private enum Verb { Create, Update, Delete, Restore }

    private static readonly Member<Verb> Operation =
        Members.Word("operation", "", ("create", Verb.Create), ("update", Verb.Update), ("delete", Verb.Delete), ("restore", Verb.Restore))
        .Required();
    private static readonly Member<long> Id = Members.Id("id", "The deal to change, delete or restore.");
    private static readonly Member<JsonElement> Deal =
        Members.Json("deal", "As in createDeal and updateDeal.", "must be an object", () => new() { ["type"] = "object" });
    private static readonly Shape ItemShape = new("DealBatchItem", Operation, Id, Deal, Versions.Member);

    private static readonly Member<Seq<JsonElement>> Items = Members.List("items", "Done in this order.",
        Members.Json("items", "", "must be an object", () => ItemShape.Schema(new())), DealService.MaxBatch).Required();
    private static readonly Member<bool> Atomic = Members.Flag("atomic", "One refusal undoes all. false when left out.");

    private static readonly Member<bool> DryRun =
        Members.Flag("dry_run", "Try everything, store nothing, and say what would become of each. false when left out.");

    private static readonly Wire<Outcome> OutcomeWire = new Wire<Outcome>("DealBatchResult", "What became of one item.")
        .Whole("index", o => o.Index)
        .Whole("status", o => o.Status, "As the request of its own would have been answered; 424 when another item's refusal undid it.")
        .Whole("id", o => o.Deal?.Id, when: o => o.Problem is null)
        .Whole("version", o => o.Deal?.Version, when: o => o.Deal is not null)
        .Json("problem", new() { ["type"] = "object" }, (json, o) => NativeErrors.Wire.Write(json, (o.Problem!, o.Trace)),
            "As the request of its own would have been refused.", o => o.Problem is not null);

    public static readonly IReadOnlyList<Operation> All =
    [
        new("POST", "/deals/batch", "batchDeals", Batch)
        {
            Tag = "Deals", Summary = "Create, change, delete and restore up to 1,000 deals", Body = new("DealBatch", Items, Atomic, DryRun),
            Answer = new ListOf("DealBatchResults", OutcomeWire),
            Description =
                "Answered 200 whatever became of the items; each has its own status. Items are done in their order and stored together.",
        },
    ];

    private static async Task<Reply> Batch(Call call)
    {
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        var (sent, atomic, dryRun) =
            await call.Read(body => (body.Get(Items).Or([]), body.Get(Atomic).Or(false), body.Get(DryRun).Or(false)));
        var read = sent.Select(json => Read(json, catalog)).ToList();

        // Items whose members are wrong never reach the engine; the others keep their order.
        var good = read.Where(item => item.Item is not null).ToList();
        var isRefused = atomic && good.Count < read.Count;
        var done = isRefused ? [] : await call.Service<DealService>()
            .Batch(call.Caller, [.. good.Select(item => item.Item!)], atomic, dryRun, call.Ct);
        var next = 0;
        return ListOf.Reply(OutcomeWire,
            [.. read.Select((item, index) => item.Problem is { } wrong ? Refused(index, wrong) : isRefused
                ? Undone(index) : Done(index, item.Item!, done[next++]))]);

        Outcome Refused(int index, Problem problem) =>
            new(index, NativeErrors.Status(problem.Code), null, problem, call.Http.TraceIdentifier);

        Outcome Undone(int index) =>
            new(index, 424, null, new(ProblemCode.Conflict, "Not done, because another item of the batch was refused.", []),
                call.Http.TraceIdentifier);

        Outcome Done(int index, BatchItem item, BatchResult result) => result switch
        {
            { Problem: { } problem } => Refused(index, problem),
            { Deal: { } deal } => new(index, item switch { BatchItem.Create => 201, BatchItem.Delete => 204, _ => 200 }, deal, null, ""),
            _ => Undone(index),
        };
    }

    private static (BatchItem? Item, Problem? Problem) Read(JsonElement json, WorkspaceCatalog catalog)
    {
        try
        {
            return (Body.Read(json, ItemShape, NativeDialect.Policy, body => Read(body, catalog)), null);
        }
        catch (ProblemException refused)
        {
            return (null, refused.Problem);
        }
    }

    private static BatchItem Read(Body body, WorkspaceCatalog catalog)
    {
        var (verb, id, deal) = (body.Get(Operation).Or(Verb.Create), body.Get(Id), body.Get(Deal));
        if (verb is not Verb.Create && !id.IsSet) body.Fail("id", "id is required: it names the deal.");
        if (verb is Verb.Create or Verb.Update && !deal.IsSet) body.Fail("deal", "deal is required: it holds the members.");
        var expected = Versions.Read(body);
        return verb switch
        {
            Verb.Create => new BatchItem.Create(Patch(DealBody.New)),
            Verb.Update => new BatchItem.Update(id.Value, Patch(DealBody.Patch)),
            Verb.Delete => new BatchItem.Delete(id.Value, expected),
            Verb.Restore => new BatchItem.Restore(id.Value, expected),
        };

        DealPatch Patch(Shape shape)
        {
            if (!deal.IsSet) return new();
            try
            {
                return Body.Read(deal.Value, shape, NativeDialect.Policy, inner => DealBody.Read(inner, catalog, expected));
            }
            catch (ProblemException refused)
            {
                foreach (var field in refused.Problem.Fields) body.Fail($"deal.{field.Field}", field.Message);
                return new();
            }
        }
    }

    private sealed record Outcome(int Index, int Status, Deal? Deal, Problem? Problem, string Trace);
}
