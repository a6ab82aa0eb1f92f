using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>All operations of v1, in the order of the coverage page.</summary>
internal static class V1Operations
{
    public static readonly IReadOnlyList<Operation> All =
    [
        .. DealLists.All, .. DealRoutes.All, .. DealInsightRoutes.All, .. DealPastRoutes.All, .. DealPeopleRoutes.All, .. DealContentRoutes.All, .. DealProductRoutes.All,
    ];
}
