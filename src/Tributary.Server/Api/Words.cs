using Tributary.Core.Activities;
using Tributary.Core.Deals;
using Tributary.Core.Jobs;
using Tributary.Core.Mail;
using Tributary.Core.Products;

namespace Tributary.Server.Api;

/// <summary>The engine's words in JSON, both ways.</summary>
internal static class Words
{
    public static readonly (string, DealStatus)[] Statuses =
        [("open", DealStatus.Open), ("won", DealStatus.Won), ("lost", DealStatus.Lost)];

    public static readonly (string, DealPriority)[] Priorities =
        [("low", DealPriority.Low), ("medium", DealPriority.Medium), ("high", DealPriority.High), ("urgent", DealPriority.Urgent)];

    public static readonly (string, ActivityStatus)[] ActivityStatuses =
    [
        ("open", ActivityStatus.Open), ("in_progress", ActivityStatus.InProgress), ("completed", ActivityStatus.Completed),
        ("cancelled", ActivityStatus.Cancelled), ("no_show", ActivityStatus.NoShow),
    ];

    public static readonly (string, MailDirection)[] Directions =
        [("incoming", MailDirection.Incoming), ("outgoing", MailDirection.Outgoing)];

    public static readonly (string, JobState)[] States =
        [("waiting", JobState.Waiting), ("running", JobState.Running), ("completed", JobState.Completed), ("failed", JobState.Failed),
            ("rejected", JobState.Rejected)];

    public static readonly (string, DiscountType)[] DiscountTypes =
        [("percentage", DiscountType.Percentage), ("amount", DiscountType.Amount)];

    public static readonly (string, TaxMethod)[] TaxMethods =
        [("exclusive", TaxMethod.Exclusive), ("inclusive", TaxMethod.Inclusive), ("none", TaxMethod.None)];

    public static readonly (string, BillingFrequency)[] Billings =
    [
        ("one_time", BillingFrequency.OneTime), ("annually", BillingFrequency.Annually), ("semi_annually", BillingFrequency.SemiAnnually),
        ("quarterly", BillingFrequency.Quarterly),
        ("monthly", BillingFrequency.Monthly), ("weekly", BillingFrequency.Weekly),
    ];

    public static string Status(DealStatus status) => Spell(Statuses, status);

    public static string Priority(DealPriority priority) => Spell(Priorities, priority);

    /// <summary>The word for a meaning; a list that lacks one is a bug.</summary>
    public static string Spell<T>((string Spelling, T Meaning)[] words, T meaning) where T : struct, Enum
    {
        foreach (var word in words)
        {
            if (EqualityComparer<T>.Default.Equals(word.Meaning, meaning)) return word.Spelling;
        }
        throw new InvalidOperationException($"{meaning} has no word.");
    }

    /// <summary>The spellings of a list of words.</summary>
    public static IReadOnlyList<string> Spellings<T>((string Spelling, T Meaning)[] words) =>
        Array.ConvertAll(words, word => word.Spelling);
}
