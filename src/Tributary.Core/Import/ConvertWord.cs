using Tributary.Core.Products;
using static Tributary.Core.Import.Converted;

namespace Tributary.Core.Import;

/// <summary>Reads the words that stand for a state, a yes or a list.</summary>
public static class ConvertWord
{
    /// <summary>"Closed Won" and "closedwon" are how Salesforce and HubSpot spell a won deal in their stage column.</summary>
    public static Converted<ImportedStatus> Status(string text) => NearName.Squeeze(text) switch
    {
        "open" or "inprogress" or "active" or "pending" => To(ImportedStatus.Open),
        "won" or "closedwon" or "dealwon" or "win" => To(ImportedStatus.Won),
        "lost" or "closedlost" or "deallost" or "loss" => To(ImportedStatus.Lost),
        _ => Refuse<ImportedStatus>($"{Quote(text)} is not a status; accepted: open, won, lost."),
    };

    public static Converted<bool> Boolean(string text) => NearName.Squeeze(text) switch
    {
        "true" or "yes" or "y" or "1" or "t" or "on" or "x" => To(true),
        "false" or "no" or "n" or "0" or "f" or "off" => To(false),
        _ => Refuse<bool>($"{Quote(text)} is neither yes nor no."),
    };

    /// <summary>As our own files spell it, and as people say it.</summary>
    public static Converted<BillingFrequency> Billing(string text) => NearName.Squeeze(text) switch
    {
        "onetime" or "once" => To(BillingFrequency.OneTime),
        "weekly" => To(BillingFrequency.Weekly),
        "monthly" => To(BillingFrequency.Monthly),
        "quarterly" => To(BillingFrequency.Quarterly),
        "semiannually" or "semiannual" or "halfyearly" or "twiceayear" => To(BillingFrequency.SemiAnnually),
        "annually" or "annual" or "yearly" => To(BillingFrequency.Annually),
        _ => Refuse<BillingFrequency>(
            $"{Quote(text)} is not how often something is billed; accepted: one_time, weekly, monthly, quarterly, semi_annually, annually."),
    };

    /// <summary>Parted by semicolons when there is one, else by commas; each tag once, in the order of the text.</summary>
    public static IReadOnlyList<string> Tags(string text)
    {
        var mark = text.Contains(';', StringComparison.Ordinal) ? ';' : ',';
        var parts = text.Split(mark, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return [.. parts.Distinct(StringComparer.OrdinalIgnoreCase)];
    }
}
