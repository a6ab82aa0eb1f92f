using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>All operations of v1, in the order of the coverage page.</summary>
internal static class V1Operations
{
    /// <param name="maxFileBytes">The largest file that may be attached.</param>
    public static IReadOnlyList<Operation> All(long maxFileBytes) =>
    [
        .. DealLists.All, CollectionRoutes.Deals, .. SearchRoutes.All, SearchRoutes.OfField, .. DealRoutes.All, .. DealInsightRoutes.All,
        .. DealPastRoutes.All, .. DealPeopleRoutes.All, .. ContentRoutes.Of(Anchor.Deal), .. DealProductRoutes.All,
        .. UserRoutes.All, .. NoteRoutes.All, .. FileRoutes.All(maxFileBytes), .. LeadRoutes.All, .. LeadLabelRoutes.All,
        .. PipelineRoutes.All, .. StageRoutes.All, .. StatisticsRoutes.All, .. ActivityTypeRoutes.All, .. FieldRoutes.All,
        .. FilterRoutes.All, .. WebhookRoutes.All,
        .. ContactRoutes.All, .. ProductRoutes.All, .. ActivityRoutes.All, .. AroundContactRoutes.All,
        .. CollectionRoutes.OfOthers, ContentRoutes.OneMail, RecentRoutes.One,
    ];
}
