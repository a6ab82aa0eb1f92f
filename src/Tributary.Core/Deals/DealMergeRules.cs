using Tributary.Core.Kernel;
using Tributary.Core.Products;

namespace Tributary.Core.Deals;

/// <summary>
/// Two deals become one (Pipedrive, "Merge two deals"): on a conflict the survivor's values win, and what it lacks is filled
/// from the other. Status, stage and times stay the survivor's. Pure.
/// </summary>
internal static class DealMergeRules
{
    public static Deal Fill(Deal survivor, Deal other)
    {
        var takesValue = survivor is { ValueUnits: null, ProductsCount: 0 };
        var sameEnd = survivor.Status == other.Status;
        return survivor with
        {
            ValueUnits = takesValue ? other.ValueUnits : survivor.ValueUnits,
            Currency = takesValue && other.ValueUnits is not null ? other.Currency : survivor.Currency,
            ProbabilityBp = survivor.ProbabilityBp ?? other.ProbabilityBp,
            OwnerId = survivor.OwnerId ?? other.OwnerId,
            AssigneeId = survivor.AssigneeId ?? other.AssigneeId,
            PersonId = survivor.PersonId ?? other.PersonId,
            OrgId = survivor.OrgId ?? other.OrgId,
            ExpectedClose = survivor.ExpectedClose ?? other.ExpectedClose,
            NextFollowupAt = survivor.NextFollowupAt ?? other.NextFollowupAt,
            WonReason = survivor.WonReason ?? (sameEnd ? other.WonReason : null),
            LostReason = survivor.LostReason ?? (sameEnd ? other.LostReason : null),
            LossCategory = survivor.LossCategory ?? (sameEnd ? other.LossCategory : null),
            ClosureNotes = survivor.ClosureNotes ?? other.ClosureNotes,
            Competitors = Filled(survivor.Competitors, other.Competitors),
            Source = survivor.Source ?? other.Source,
            DealType = survivor.DealType ?? other.DealType,
            ForecastCategory = survivor.ForecastCategory ?? other.ForecastCategory,
            Description = survivor.Description ?? other.Description,
            LabelIds = Filled(survivor.LabelIds, other.LabelIds),
            TagIds = Filled(survivor.TagIds, other.TagIds),
            Custom = other.Custom.With(survivor.Custom.All),
            RfpId = survivor.RfpId ?? other.RfpId,
            Links = new()
            {
                Quotes = Filled(survivor.Links.Quotes, other.Links.Quotes),
                Proposals = Filled(survivor.Links.Proposals, other.Links.Proposals),
                Tasks = Filled(survivor.Links.Tasks, other.Links.Tasks),
                Attachments = Filled(survivor.Links.Attachments, other.Links.Attachments),
            },
            Channel = survivor.Channel ?? other.Channel,
            ChannelId = survivor.Channel is null ? survivor.ChannelId ?? other.ChannelId : survivor.ChannelId,
        };
    }

    /// <summary>
    /// Refuses a sum of products that no deal may have: two currencies, too many recurring ones, installments beside them.
    /// </summary>
    public static void MustFit(Deal merged, IReadOnlyList<DealProduct> lines, int installments)
    {
        if (lines.Any(line => line.Currency != merged.Currency))
        {
            throw Problem.Conflict("The products of the two deals are in different currencies. Give both deals the same currency first.",
                "deal");
        }
        if (lines.Count(line => line.IsRecurring) > MaxRecurring)
        {
            throw Problem.Conflict($"Together the deals would have more than {MaxRecurring} recurring products.", "deal");
        }
        if (installments == 0) return;

        if (lines.Any(line => line is { IsEnabled: true, IsRecurring: true }))
        {
            throw Problem.Conflict("One deal has installments and the other recurring products, which do not go together.", "deal");
        }
        if (installments > InstallmentRules.MaxPerDeal)
        {
            throw Problem.Conflict($"Together the deals would have more than {InstallmentRules.MaxPerDeal} installments.", "deal");
        }
    }

    // Pipedrive, "Add a product to a deal": at most 20 recurring lines.
    private const int MaxRecurring = 20;

    private static Seq<T> Filled<T>(Seq<T> own, Seq<T> other) => own.Count == 0 ? other : own;
}
