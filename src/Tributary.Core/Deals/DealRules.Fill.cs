using Tributary.Core.Catalog;
using Tributary.Core.Kernel;

namespace Tributary.Core.Deals;

// What a patch says, member by member; what is wrong with it is noted all at once.
internal static partial class DealRules
{
    private static Deal Fill(Deal deal, DealPatch patch, DealStatus status, DealContext context, Checks checks)
    {
        var (catalog, now) = (context.Catalog, context.Now);

        var currency = patch.Currency.IsSet ? checks.Currency("currency", patch.Currency.Value) : deal.Currency;
        if (patch.Currency.IsSet && catalog.Currency(currency) is null)
        {
            checks.Fail("currency", $"This workspace has no currency {currency}. Add it in the settings, or use one of its own.");
        }
        if (patch.Value is { IsSet: true, Value: { } amount }) checks.Amount("value", amount);
        if (patch.Position.IsSet) checks.Amount("position", patch.Position.Value);
        checks.Percentage("probability", patch.Probability.Or(null));
        checks.VisibleTo(patch.VisibleTo);
        checks.User("owner_id", patch.OwnerId, deal.OwnerId, catalog);
        checks.User("assignee_id", patch.AssigneeId, deal.AssigneeId, catalog);
        checks.Require(context.PersonExists, "person_id", $"No person with id {patch.PersonId.Or(null)}.");
        checks.Require(context.OrgExists, "org_id", $"No organization with id {patch.OrgId.Or(null)}.");
        if (patch.ContactIds.IsSet)
        {
            checks.Require(patch.ContactIds.Value.Count <= MaxItems, "contact_ids", $"contact_ids holds at most {MaxItems} persons.");
        }
        foreach (var missing in context.MissingContacts) checks.Fail("contact_ids", $"No person with id {missing}.");
        checks.Labels(patch.LabelIds, deal.LabelIds, "deal", catalog);
        checks.Tags(patch.TagIds, catalog);
        if (patch.Number.IsSet) checks.Text("number", patch.Number.Value, 40);

        var bin = new Deletion(deal.DeletedAt, deal.DeletedBy).After(patch.Deleted, now, context.Caller);
        var after = deal with
        {
            Title = Title(deal, patch, checks),
            // With products on it the value is computed from them (design §3); what a caller says about it is not heard.
            Value = checks.AllGood && deal.ProductsCount == 0 ? patch.Value.Or(deal.Value) : deal.Value,
            Currency = currency,
            Probability = checks.AllGood ? patch.Probability.Or(deal.Probability) : deal.Probability,
            Priority = patch.Priority.Or(deal.Priority),
            Position = checks.AllGood ? patch.Position.Or(deal.Position) : deal.Position,
            OwnerId = patch.OwnerId.Or(deal.OwnerId),
            AssigneeId = patch.AssigneeId.Or(deal.AssigneeId),
            PersonId = patch.PersonId.Or(deal.PersonId),
            OrgId = patch.OrgId.Or(deal.OrgId),
            ExpectedClose = patch.ExpectedClose.Or(deal.ExpectedClose),
            NextFollowupAt = Instants.Cut(patch.NextFollowupAt.Or(deal.NextFollowupAt)),
            ClosureNotes = checks.OptionalText("closure_notes", patch.ClosureNotes, deal.ClosureNotes, MaxLongText),
            Competitors = Texts(checks, "competitors", patch.Competitors, deal.Competitors),
            Source = checks.OptionalText("source", patch.Source, deal.Source, MaxText),
            DealType = checks.OptionalText("deal_type", patch.DealType, deal.DealType, MaxText),
            ForecastCategory = checks.OptionalText("forecast_category", patch.ForecastCategory, deal.ForecastCategory, MaxText),
            Description = checks.OptionalText("description", patch.Description, deal.Description, MaxLongText),
            LabelIds = patch.LabelIds.IsSet ? [.. patch.LabelIds.Value.Distinct()] : deal.LabelIds,
            TagIds = patch.Tags.IsSet ? context.Tags : patch.TagIds.IsSet ? [.. patch.TagIds.Value.Distinct()] : deal.TagIds,
            VisibleTo = patch.VisibleTo.Or(deal.VisibleTo),
            Custom = context.Custom,
            RfpId = checks.OptionalText("rfp_id", patch.RfpId, deal.RfpId, MaxText),
            Links = deal.Links with
            {
                Quotes = Texts(checks, "links.quotes", patch.Quotes, deal.Links.Quotes),
                Proposals = Texts(checks, "links.proposals", patch.Proposals, deal.Links.Proposals),
                Tasks = Texts(checks, "links.tasks", patch.Tasks, deal.Links.Tasks),
                Attachments = Texts(checks, "links.attachments", patch.Attachments, deal.Links.Attachments),
            },
            Channel = patch.Channel.Or(deal.Channel),
            ChannelId = checks.OptionalText("channel_id", patch.ChannelId, deal.ChannelId, MaxText),
            Number = patch.Number.IsSet ? patch.Number.Value.Trim() : deal.Number,
            ArchivedAt = Archived(deal, patch, now),
            DeletedAt = bin.At,
            DeletedBy = bin.By,
        };
        return DealStatusRules.Close(after, patch, status, now, checks);
    }

    private static string Title(Deal deal, DealPatch patch, Checks checks)
    {
        var isNameless = patch.Title.IsSet ? patch.TitlePolicy is TitlePolicy.NumberStandsIn && string.IsNullOrWhiteSpace(patch.Title.Value)
            : deal.IsNameless;
        if (isNameless) return patch.Number.Or(deal.Number).Trim();
        return patch.Title.IsSet ? checks.Text("title", patch.Title.Value, MaxTitle) : deal.Title;
    }

    private static DateTimeOffset? Archived(Deal deal, DealPatch patch, DateTimeOffset now)
    {
        if (!patch.Archived.IsSet) return deal.ArchivedAt;
        if (!patch.Archived.Value) return null;
        return patch.ArchivedAt.IsSet ? Instants.Cut(patch.ArchivedAt.Value) : deal.ArchivedAt ?? now;
    }

    private static Seq<string> Texts(Checks checks, string field, Field<Seq<string>> sent, Seq<string> current)
    {
        if (!sent.IsSet) return current;
        checks.Require(sent.Value.Count <= MaxItems, field, $"{field} holds at most {MaxItems} texts.");
        return [.. sent.Value.Take(MaxItems).Select(text => checks.Text(field, text, MaxText))];
    }
}
