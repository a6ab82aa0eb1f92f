using Tributary.Core.Deals;
using Tributary.Core.Storage;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Storage;

/// <summary>The views that docs/sql.md promises, with the same columns (SchemaTests) and the same values on both backends.</summary>
public sealed class BiViewTests
{
    [Theory, OnBothBackends]
    public async Task A_deal_is_shown_with_names_and_in_natural_units(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deal = await new DealService(some.Db)
            .Create(some.Member, new() { Title = "Rollout", Value = 1234.5678m, Currency = "EUR", StageId = some.Stages[1] },
                CancellationToken.None);

        var row =
            await One<DealRow>(some,
                "SELECT deal_id, number, title, status, pipeline, stage, owner, workspace, currency, value, value_units, probability, weighted_value FROM bi_deals");

        Assert.Equal(new()
        {
            DealId = deal.Id,
            Number = deal.Number,
            Title = "Rollout",
            Status = "open",
            Pipeline = "Sales",
            Stage = "Demo",
            Owner = "Sam Seller",
            Workspace = "Some company",
            Currency = "EUR",
            Value = 1234.5678m,
            ValueUnits = 12_345_678,
            Probability = 50,
            WeightedValue = 617.2839m,
        }, row);
    }

    [Theory, OnBothBackends]
    public async Task A_deals_own_probability_weighs_before_its_stages(Backend backend)
    {
        var some = await Some.Workspace(backend);
        await new DealService(some.Db)
            .Create(some.Member, new() { Title = "Own", Value = 100m, Probability = 12m }, CancellationToken.None);

        Assert.Equal(12, await One<decimal>(some, "SELECT weighted_value FROM bi_deals"));
    }

    [Theory, OnBothBackends]
    public async Task The_largest_amount_is_exact_in_units_and_the_nearest_number_in_the_value(Backend backend)
    {
        var some = await Some.Workspace(backend);
        await new DealService(some.Db).Create(some.Member, new() { Title = "Most", Value = 999_999_999_999.9999m }, CancellationToken.None);

        Assert.Equal(9_999_999_999_999_999, await One<long>(some, "SELECT value_units FROM bi_deals"));
        Assert.Equal(999_999_999_999.9999m, await One<decimal>(some, "SELECT value FROM bi_deals"), 3);
    }

    [Theory, OnBothBackends]
    public async Task The_time_in_the_stage_is_known_once_a_deal_is_closed(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deals = new DealService(some.Db);
        var deal = await deals.Create(some.Member, new() { Title = "Won" }, CancellationToken.None);
        Assert.Null(await One<decimal?>(some, "SELECT days_in_stage FROM bi_deals"));

        TestClock.Instance.Advance(TimeSpan.FromDays(2.5));
        await deals.Update(some.Member, deal.Id, new() { Status = DealStatus.Won }, CancellationToken.None);

        Assert.Equal(2.5m, await One<decimal?>(some, "SELECT days_in_stage FROM bi_deals"));
    }

    [Theory, OnBothBackends]
    public async Task The_stage_history_has_a_row_per_stay(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deals = new DealService(some.Db);
        var deal = await deals.Create(some.Member, new() { Title = "Moving", StageId = some.Stages[0] }, CancellationToken.None);
        TestClock.Instance.Advance(TimeSpan.FromDays(1));
        await deals.Update(some.Manager, deal.Id, new() { StageId = some.Stages[2] }, CancellationToken.None);
        TestClock.Instance.Advance(TimeSpan.FromHours(6));
        await deals.Update(some.Admin, deal.Id, new() { StageId = some.Stages[1] }, CancellationToken.None);

        await using var tx = await some.Db.Read(some.Id, CancellationToken.None);
        var stays =
            await tx.Many<Stay>(
                "SELECT from_stage, stage, actor, entered_at, left_at, days FROM bi_stage_history WHERE workspace_id = @Workspace ORDER BY entered_at", new { tx.Workspace });

        var (first, second, third) = (TestClock.Start, TestClock.Start.AddDays(1), TestClock.Start.AddDays(1).AddHours(6));
        Assert.Equal(
        [
            new() { Stage = "Qualified", Actor = "Sam Seller", EnteredAt = first, LeftAt = second, Days = 1 },
            new() { FromStage = "Qualified", Stage = "Proposal", Actor = "Mia Manager", EnteredAt = second, LeftAt = third, Days = 0.25m },
            new() { FromStage = "Proposal", Stage = "Demo", Actor = "Ada Admin", EnteredAt = third },
        ], stays);
    }

    [Theory, OnBothBackends]
    public async Task Deleted_deals_are_left_out_and_every_view_can_be_read(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deals = new DealService(some.Db);
        var deal = await deals.Create(some.Member, new() { Title = "Gone" }, CancellationToken.None);
        await deals.Delete(some.Member, deal.Id, CancellationToken.None);

        foreach (var view in new[] { "bi_deals", "bi_stage_history", "bi_activities", "bi_persons", "bi_organizations", "bi_products",
            "bi_deal_products" })
            Assert.Equal(0, await One<int>(some, $"SELECT COUNT(*) FROM {view}"));
        Assert.Equal("Qualified Demo Proposal Won Lost",
            string.Join(' ', await Names(some, "SELECT stage FROM bi_stages WHERE workspace_id = @Workspace ORDER BY position")));
    }

    [Theory, OnBothBackends]
    public async Task A_person_is_shown_with_the_primary_address(Backend backend)
    {
        var some = await Some.Workspace(backend);
        await using (var tx = await some.Db.Write(some.Id, CancellationToken.None))
        {
            await tx.Run($"""
                INSERT INTO persons (workspace_id, id, uid, name, name_folded, visible_to, emails, phones, im, label_ids, tag_ids, custom,
                    added_at, updated_at, version)
                VALUES (@Workspace, @id, @uid, 'Pia', 'pia', 7, {tx.Sql.Json("emails")}, {tx.Sql.Json("phones")}, {tx.Sql.Json("none")},
                    {tx.Sql.Json("none")}, {tx.Sql.Json("none")}, {tx.Sql.Json("empty")}, @Now, @Now, 1)
                """, new
            {
                tx.Workspace,
                id = await tx.NextId("contact_ids"),
                uid = tx.NextUid(),
                emails = """[{"value":"second@x.test","primary":false},{"value":"first@x.test","primary":true}]""",
                phones = """[{"value":"1"},{"value":"2"}]""",
                none = "[]",
                empty = "{}",
                tx.Now,
            });
            await tx.Commit();
        }

        Assert.Equal("first@x.test 1", await One<string>(some, "SELECT email || ' ' || phone FROM bi_persons"));
    }

    [Theory, OnPostgres]
    public async Task Row_security_holds_in_the_views(Backend backend)
    {
        var (ours, theirs) = (await Some.Workspace(backend), await Some.Workspace(backend));
        await new DealService(theirs.Db).Create(theirs.Admin, new() { Title = "Theirs" }, CancellationToken.None);

        await using var tx = await ours.Db.Read(ours.Id, CancellationToken.None);

        Assert.Equal(0, await tx.One<long>("SELECT COUNT(*) FROM bi_deals", new { }));
        Assert.Equal(0, await tx.One<long>("SELECT COUNT(*) FROM bi_stage_history", new { }));
        Assert.Equal(5, await tx.One<long>("SELECT COUNT(*) FROM bi_stages", new { }));
    }

    private static async Task<T?> One<T>(SomeWorkspace some, string text)
    {
        await using var tx = await some.Db.Read(some.Id, CancellationToken.None);
        return await tx.One<T>($"{text} WHERE workspace_id = @Workspace", new { tx.Workspace });
    }

    private static async Task<IReadOnlyList<string>> Names(SomeWorkspace some, string text)
    {
        await using var tx = await some.Db.Read(some.Id, CancellationToken.None);
        return await tx.Many<string>(text, new { tx.Workspace });
    }

    private sealed record DealRow
    {
        public long DealId { get; init; }
        public string Number { get; init; } = "";
        public string Title { get; init; } = "";
        public string Status { get; init; } = "";
        public string Pipeline { get; init; } = "";
        public string Stage { get; init; } = "";
        public string Owner { get; init; } = "";
        public string Workspace { get; init; } = "";
        public string Currency { get; init; } = "";
        public decimal Value { get; init; }
        public long ValueUnits { get; init; }
        public decimal Probability { get; init; }
        public decimal WeightedValue { get; init; }
    }

    private sealed record Stay
    {
        public string? FromStage { get; init; }
        public string Stage { get; init; } = "";
        public string Actor { get; init; } = "";
        public DateTimeOffset EnteredAt { get; init; }
        public DateTimeOffset? LeftAt { get; init; }
        public decimal? Days { get; init; }
    }
}
