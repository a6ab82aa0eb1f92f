using Tributary.Core.Deals;

namespace Tributary.Server.Api;

/// <summary>The engine's words in JSON, both ways.</summary>
internal static class Words
{
    public static readonly (string, DealStatus)[] Statuses = [("open", DealStatus.Open), ("won", DealStatus.Won), ("lost", DealStatus.Lost)];

    public static readonly (string, DealPriority)[] Priorities = [("low", DealPriority.Low), ("medium", DealPriority.Medium), ("high", DealPriority.High), ("urgent", DealPriority.Urgent)];

    public static string Status(DealStatus status) => status switch
    {
        DealStatus.Open => "open",
        DealStatus.Won => "won",
        DealStatus.Lost => "lost",
    };

    public static string Priority(DealPriority priority) => priority switch
    {
        DealPriority.Low => "low",
        DealPriority.Medium => "medium",
        DealPriority.High => "high",
        DealPriority.Urgent => "urgent",
    };
}
