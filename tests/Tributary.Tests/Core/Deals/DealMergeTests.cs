using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Deals;

public sealed class DealMergeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task The_survivors_values_win_and_what_it_lacks_is_filled(Backend backend) // P 8.5
    {
        var some = await Some.Workspace(backend);
        var person = await some.Person();
        var other =
            await some.Deal(new()
            {
                Title = "Other",
                Value = 7,
                Currency = "USD",
                Description = "From other",
                Source = "fair",
                PersonId = person,
                StageId = some.Stages[2],
                Tags = (Seq<string>)["t"]
            });
        var survivor = await some.Deal(new() { Title = "Survivor", Source = "ads" });
        var champion = await some.Person();
        await some.Deals().AddContact(some.Admin, other.Id, champion, "champion", Ct);
        await some.Deals().Follow(some.Admin, other.Id, some.Member.UserId!.Value, Ct);
        var note = await Note(some, other.Id);

        var merged = await some.Deals().Merge(some.Admin, other.Id, survivor.Id, Ct);

        Assert.Equal((survivor.Id, "Survivor", 7m, "USD", "ads", "From other"),
            (merged.Id, merged.Title, merged.Value, merged.Currency, merged.Source, merged.Description));
        Assert.Equal((person, some.Stages[0], 2, 2, 1),
            (merged.PersonId, merged.StageId, merged.ParticipantsCount, merged.FollowersCount, merged.NotesCount));
        Assert.Equal([(person, null), (champion, "champion")],
            (await some.Deals().Contacts(some.Admin, survivor.Id, Ct)).Select(contact => (contact.PersonId, contact.Role)));
        var gone = await some.Deals().Get(some.Admin, other.Id, Ct);
        Assert.Equal((true, 0), (gone.IsDeleted, gone.NotesCount));
        Assert.True(note > 0);
    }

    [Theory, OnBothBackends]
    public async Task The_log_names_both_and_the_history_moves(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var (other, survivor) = (await some.Deal(new() { Title = "Other" }), await some.Deal());

        await some.Deals().Merge(some.Admin, other.Id, survivor.Id, Ct);

        var (kept, gone) = ((await some.Log(survivor.Id))[0], (await some.Log(other.Id))[0]);
        Assert.Equal(("merged", other.Id),
            (kept.Action, kept.Changes.Single(change => change.Field == "merged_from").New!.Value.GetInt64()));
        Assert.Equal(("deleted", survivor.Id),
            (gone.Action, gone.Changes.Single(change => change.Field == "merged_into").New!.Value.GetInt64()));
        var changelog = (await some.Deals().Changelog(some.Admin, survivor.Id, null, 500, Ct)).Items;
        Assert.Contains(changelog, change => change is { Field: "title", Action: "created" } && change.DealId == other.Id);
    }

    [Theory, OnBothBackends]
    public async Task A_deal_is_not_merged_with_itself_nor_with_one_that_is_not_there(Backend backend) // P 8.5: same id → 400
    {
        var some = await Some.Workspace(backend);
        var (deal, deleted) = (await some.Deal(), await some.Deal(new() { Deleted = true }));

        Assert.Equal(ProblemCode.Invalid, await SomeDeals.Code(() => some.Deals().Merge(some.Admin, deal.Id, deal.Id, Ct)));
        Assert.Equal(ProblemCode.NotFound, await SomeDeals.Code(() => some.Deals().Merge(some.Admin, deal.Id, deleted.Id, Ct)));
        Assert.Equal(ProblemCode.NotFound, await SomeDeals.Code(() => some.Deals().Merge(some.Admin, deleted.Id, deal.Id, Ct)));
    }

    [Theory, OnBothBackends]
    public async Task Products_join_and_the_value_is_theirs(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var (other, survivor) = (await some.Deal(), await some.Deal(new() { Value = 1 }));
        await Line(some, other.Id, 100, "EUR");
        await Line(some, survivor.Id, 20, "EUR");

        var merged = await some.Deals().Merge(some.Admin, other.Id, survivor.Id, Ct);

        Assert.Equal((120m, 2), (merged.Value, merged.ProductsCount));
    }

    [Theory, OnBothBackends]
    public async Task Products_of_different_currencies_do_not_join(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var (other, survivor) = (await some.Deal(new() { Currency = "USD" }), await some.Deal(new() { Value = 1 }));
        await Line(some, other.Id, 100, "USD");

        Assert.Equal(ProblemCode.Conflict, await SomeDeals.Code(() => some.Deals().Merge(some.Admin, other.Id, survivor.Id, Ct)));
        Assert.Equal(1, await some.Count("deal_products", other.Id));
    }

    [Theory, OnBothBackends]
    public async Task A_duplicate_is_a_new_open_deal_with_the_same_fields_products_and_contacts(Backend backend) // docs/decisions/0020
    {
        var some = await Some.Workspace(backend);
        var person = await some.Person();
        var original =
            await some.Deal(new()
            {
                Title = "Boat",
                PersonId = person,
                Status = DealStatus.Won,
                WonReason = "Fit",
                Tags = (Seq<string>)["t"],
                Probability = 40
            });
        await some.Deals().SetRole(some.Admin, original.Id, person, "champion", Ct);
        await Line(some, original.Id, 100, "EUR");
        await Note(some, original.Id);

        var copy = await some.Deals().Duplicate(some.Member, original.Id, Ct);

        Assert.Equal(("Boat", DealStatus.Open, 40m, person, original.TagIds),
            (copy.Title, copy.Status, copy.Probability, copy.PersonId, copy.TagIds));
        Assert.Equal((null, null, null, null), (copy.WonAt, copy.ClosedAt, copy.FirstWonAt, copy.WonReason));
        Assert.NotEqual((original.Id, original.Uid, original.Number), (copy.Id, copy.Uid, copy.Number));
        Assert.Equal((some.Member.UserId, copy.AddedAt, 1, 0), (copy.CreatorId, copy.UpdatedAt, copy.ProductsCount, copy.NotesCount));
        Assert.Equal([(person, "champion")], (await some.Deals().Contacts(some.Admin, copy.Id, Ct))
            .Select(contact => (contact.PersonId, contact.Role)));
        Assert.Single(await some.Log(copy.Id));
    }

    private static async Task<long> Note(SomeWorkspace some, long dealId)
    {
        await using var tx = await some.Db.Write(some.Id, Ct);
        var id = await tx.NextId("note_ids");
        await tx.Run("""
            INSERT INTO notes (workspace_id, id, uid, content, deal_id, pinned_to_deal, pinned_to_lead, pinned_to_person, pinned_to_org,
                added_at, updated_at, version)
            VALUES (@Workspace, @id, @uid, 'Note', @dealId, @no, @no, @no, @no, @Now, @Now, 1)
            """, new { tx.Workspace, id, uid = tx.NextUid(), dealId, no = false, tx.Now });
        await DealSaving.Touch(tx, dealId);
        await tx.Commit();
        return id;
    }

    private static async Task Line(SomeWorkspace some, long dealId, decimal price, string currency)
    {
        await using var tx = await some.Db.Write(some.Id, Ct);
        await tx.Run("""
            INSERT INTO deal_products (workspace_id, id, uid, deal_id, name, item_price_units, quantity_units, currency, discount_units,
                                       discount_type, tax_units, tax_method, comments, is_enabled, billing_frequency, order_nr, added_at,
                                       updated_at)
            VALUES (@Workspace, @id, @uid, @dealId, 'Oar', @price, 10000, @currency, 0, 'percentage', 0, 'none', '', @yes, 'one_time', 10,
                @Now, @Now)
            """, new { tx.Workspace, id = await tx.NextId("deal_product_ids"), uid = tx.NextUid(), dealId, price = Money.ToUnits(price), currency, yes = true, tx.Now });
        await DealSaving.Touch(tx, dealId);
        await tx.Commit();
    }
}
