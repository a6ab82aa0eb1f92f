using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V2;

/// <summary>Every operation of v2, in the order of the coverage page.</summary>
internal static class V2Operations
{
    public static readonly IReadOnlyList<Operation> All =
    [
        .. DealRoutes.All,
        .. DealSearch.All,
        .. DealProductRoutes.All,
        .. DealTermsRoutes.All,
        .. DealFollowerRoutes.All, .. FollowerRoutes.All,
        .. DealConversionRoutes.All,
        .. PipelineRoutes.All,
        .. PersonRoutes.All,
        .. OrganizationRoutes.All,
        .. ProductRoutes.All,
        .. ActivityRoutes.All,
        .. SearchRoutes.All,
        .. LeadConversionRoutes.All,
        .. FieldRoutes.All, FieldSearch.One,
    ];
}
