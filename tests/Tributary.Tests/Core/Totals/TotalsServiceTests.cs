using FsCheck;
using FsCheck.Fluent;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Storage;
using Tributary.Core.Totals;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Totals;

public sealed class TotalsServiceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task A_summary_counts_and_sums_per_currency_and_converts(Backend backend)
    {
        var some = await Some.Workspace(backend);
        await some.Rate("USD", 0.9m);
        await some.Deal(new() { Value = 1000m, Currency = "EUR", StageId = some.Stages[0] });                    // 10 % of the stage: 100
        await some.Deal(new() { Value = 500m, Currency = "EUR", StageId = some.Stages[1], Probability = 20m });  // its own 20 %: 100
        await some.Deal(new() { Value = 200m, Currency = "USD", StageId = some.Stages[2] });                     // 80 %: 160
        await some.Deal(new() { Currency = "JPY", StageId = some.Stages[2] });

        var summary = await new TotalsService(some.Db).Summary(some.Admin, new(), Ct);

        Assert.Equal([
            new("EUR", 2, 1500m, 200m, 1500m, 200m),
            new("JPY", 1, 0m, 0m, null, null),
            new("USD", 1, 200m, 160m, 180m, 144m),
        ], summary.Currencies);
        Assert.Equal((4L, 1680m, 344m, "EUR"), (summary.Deals, summary.Value, summary.Weighted, summary.ConvertedTo));
        Assert.Equal(["JPY"], summary.NotConverted);
    }

    [Theory, OnBothBackends]
    public async Task The_total_of_a_list_is_how_many_deals_match_whether_or_not_the_totals_know_it(Backend backend)
    {
        var some = await Some.Workspace(backend);
        for (var n = 0; n < 6; n++)
        {
            await some.Deal(new()
            {
                StageId = some.Stages[n % 2],
                OwnerId = n < 4 ? some.Member.UserId : null,
                Archived = n == 5,
                Status = n == 0 ? DealStatus.Won : DealStatus.Open
            });
        }
        Condition[] conditions =
        [
            Condition.Everything,
            Condition.Equal("stage_id", some.Stages[0]),
            Condition.AllOf(Condition.Equal("stage_id", some.Stages[0]), Condition.Equal("status", "open")),
            Condition.AllOf(Condition.Equal("pipeline_id", some.PipelineId), Condition.Equal("owner_id", some.Member.UserId!.Value)),
            Condition.AllOf(Condition.Equal("stage_id", some.Stages[0]), Condition.Equal("stage_id", some.Stages[1])),
            Condition.Equal("owner_id", 0),
            Condition.AnyOf(Condition.Equal("status", "won"), Condition.Equal("stage_id", some.Stages[1])),
            Condition.Test("title", Operator.Contains, "deal"),
        ];

        foreach (var caller in (Caller[])[some.Admin, some.Member])
        {
            foreach (var query in conditions.SelectMany(condition => ((Scope[])[Scope.Live, Scope.Archived, Scope.Any])
                .Select(scope => new ListQuery { Condition = condition, Scope = scope, WantTotal = true })))
            {
                var page = await new DealService(some.Db).List(caller, query, Ct);

                Assert.Equal(page.Items.Count, page.Total);
            }
        }
    }

    [Theory, OnBothBackends]
    public async Task A_summary_is_narrowed_by_pipeline_stage_status_owner_and_archive(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var member = some.Member.UserId;
        await some.Deal(new() { Value = 1m, StageId = some.Stages[0], OwnerId = member });
        await some.Deal(new() { Value = 2m, StageId = some.Stages[0], Status = DealStatus.Won });
        await some.Deal(new() { Value = 4m, StageId = some.Stages[1], Archived = true });
        var deleted = await some.Deal(new() { Value = 8m });
        await new DealService(some.Db).Delete(some.Admin, deleted.Id, Ct);

        async Task<decimal> Value(SummaryQuery query) => (await new TotalsService(some.Db).Summary(some.Admin, query, Ct)).Value;

        Assert.Equal(3m, await Value(new()));
        Assert.Equal(3m, await Value(new() { PipelineId = some.PipelineId, StageId = some.Stages[0] }));
        Assert.Equal(2m, await Value(new() { Status = DealStatus.Won }));
        Assert.Equal(1m, await Value(new() { OwnerId = member }));
        Assert.Equal(4m, await Value(new() { Archived = true }));
        Assert.Equal(0m, await Value(new() { PipelineId = -1 }));
    }

    [Theory, OnBothBackends]
    public async Task A_summary_holds_what_the_caller_sees_and_followed_deals(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var service = new TotalsService(some.Db);
        await some.Deal(new() { Value = 1m, VisibleTo = 7, OwnerId = some.Admin.UserId });
        await some.Deal(new() { Value = 2m, VisibleTo = 1, OwnerId = some.Member.UserId });
        await some.Deal(new() { Value = 4m, VisibleTo = 1, OwnerId = some.Admin.UserId });
        var followed = await some.Deal(new() { Value = 8m, VisibleTo = 1, OwnerId = some.Admin.UserId });
        await using (var tx = await some.Db.Write(some.Id, Ct))
        {
            await DealPeopleStore.AddFollower(tx, some.Admin, followed.Id, some.Member.UserId!.Value);
            await tx.Commit();
        }

        Assert.Equal(15m, (await service.Summary(some.Admin, new(), Ct)).Value);
        Assert.Equal(11m, (await service.Summary(some.Member, new(), Ct)).Value);
        Assert.Equal(1m, (await service.Summary(some.Manager, new(), Ct)).Value);
        Assert.Equal(0, (await service.Summary(some.Outsider, new(), Ct)).Deals);
    }

    [Theory, OnBothBackends]
    public async Task An_apps_summary_leaves_out_the_deals_of_other_apps(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deals = new DealService(some.Db);
        await some.Deal(new() { Value = 1m, Probability = 33.33m });
        await deals.Create(some.Admin with { AppId = 1 }, new() { Title = "Mine", Value = 2m }, Ct);
        await deals.Create(some.Admin with { AppId = 2 }, new() { Title = "Theirs", Value = 4m }, Ct);

        var summary = await new TotalsService(some.Db).Summary(some.Admin with { AppId = 1 }, new(), Ct);

        Assert.Equal((2L, 3m), (summary.Deals, summary.Value));
        Assert.Equal(0.3333m + 0.2m, summary.Weighted);
    }

    [Theory, OnBothBackends]
    public async Task With_a_condition_the_matching_deals_are_added_up(Backend backend)
    {
        var some = await Some.Workspace(backend);
        await some.Deal(new() { Title = "Small", Value = 10m });
        await some.Deal(new() { Title = "Large", Value = 1000m, StageId = some.Stages[1] });
        await some.Deal(new() { Title = "Large and hidden", Value = 2000m, VisibleTo = 1, OwnerId = some.Admin.UserId });
        var large = Condition.Test("value", Operator.AtLeast, 100m);

        var all = await new TotalsService(some.Db).Summary(some.Admin, new() { Condition = large }, Ct);
        var seen = await new TotalsService(some.Db).Summary(some.Member, new() { Condition = large, Status = DealStatus.Open }, Ct);

        Assert.Equal((2L, 3000m, 700m), (all.Deals, all.Value, all.Weighted));
        Assert.Equal((1L, 1000m, 500m), (seen.Deals, seen.Value, seen.Weighted));
    }

    [Theory, OnBothBackends]
    public async Task Without_probabilities_a_pipelines_weighted_value_is_its_value(Backend backend)
    {
        var some = await Some.Workspace(backend);
        await using (var tx = await some.Db.Write(some.Id, Ct))
        {
            await tx.Run("UPDATE pipelines SET uses_probability = @no WHERE workspace_id = @Workspace", new { no = false, tx.Workspace });
            await Tributary.Core.Catalog.CatalogStore.CatalogHasChanged(tx);
            await tx.Commit();
        }
        await some.Deal(new() { Value = 100m, Probability = 5m });
        await some.Deal(new() { Value = 10m });

        Assert.Equal(110m, (await new TotalsService(some.Db).Summary(some.Admin, new(), Ct)).Weighted);
    }

    [Theory, OnBothBackends]
    public async Task A_currency_to_convert_to_must_be_the_workspaces(Backend backend)
    {
        var some = await Some.Workspace(backend);

        var refusal = await Assert.ThrowsAsync<ProblemException>(() => new TotalsService(some.Db)
            .Summary(some.Admin, new() { ConvertTo = "ZZZ" }, Ct));

        Assert.Equal("currency", refusal.Problem.Fields.Single().Field);
    }

    [Theory, OnBothBackends]
    public async Task Totals_are_read_by_their_key_not_by_scanning(Backend backend)
    {
        var some = await Some.Workspace(backend);
        for (var n = 0; n < 5; n++) await some.Deal(new() { Value = n, StageId = some.Stages[n % 3], VisibleTo = 1 });

        await using var tx = await some.Db.Read(some.Id, Ct);
        var plan = await Plans.Of(tx, "SELECT SUM(deals) FROM deal_totals WHERE workspace_id = @Workspace AND pipeline_id = @pipeline",
            new { tx.Workspace, pipeline = some.PipelineId });

        Assert.Contains("deal_totals", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("SCAN deal_totals", plan, StringComparison.Ordinal);
    }

    [Theory, OnBothBackends]
    public async Task Weighing_by_SQL_is_weighing_by_rule_to_the_last_digit(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var service = new TotalsService(some.Db);
        (decimal Value, decimal Probability)[] cases =
            [(0.0001m, 50m), (0.0003m, 50m), (-0.0001m, 50m), (-0.0003m, 50m), (0.0005m, 50m), (999_999_999_999.9999m, 99.99m),
                (-123_456_789.1234m, 33.33m), (12.3457m, 0.01m)];

        foreach (var (value, probability) in cases)
        {
            await some.Deal(new() { Value = value, Probability = probability });
            var kept = await service.Summary(some.Admin, new(), Ct);
            var added = await service.Summary(some.Admin with { AppId = 1 }, new(), Ct);
            Assert.Equal(kept.Weighted, added.Weighted);
        }
    }

    [Theory, OnBothBackends]
    public async Task Damage_is_found_cell_by_cell_and_repaired(Backend backend)
    {
        await using var own = await OwnDatabase.Open(backend);
        var some = await Some.Workspace(own.Db);
        var service = new TotalsService(own.Db);
        await some.Deal(new() { Value = 10m });
        await using (var tx = await own.Db.Write(some.Id, Ct))
        {
            await tx.Run("UPDATE deal_totals SET value_units = value_units + 7 WHERE workspace_id = @Workspace", new { tx.Workspace });
            await tx.Run("DELETE FROM deal_day_totals WHERE workspace_id = @Workspace AND kind = 'due'", new { tx.Workspace });
            await tx.Commit();
        }

        var found = await service.Verify(Ct);
        var repaired = await service.Repair(Ct);

        Assert.Equal(2, found.Count);
        Assert.Equal(found, repaired);
        Assert.Empty(await service.Verify(Ct));
        Assert.Equal(10m, (await service.Summary(some.Admin, new(), Ct)).Value);
    }

    // 0013: what was won before the column was there is counted by the script, and as a recount counts it.
    [Theory, OnBothBackends]
    public async Task What_apps_made_before_totals_knew_apps_enters_cells_of_their_own(Backend backend)
    {
        await using var own = await OwnDatabase.Open(backend);
        var some = await Some.Workspace(own.Db);
        var added = new DateTimeOffset(2026, 1, 1, 0, 0, 0, 900, TimeSpan.Zero);
        var (app, deals) = (some.Admin with { AppId = 7 }, new DealService(own.Db));
        foreach (var seconds in new[] { 0.05, 10, 3600.2 })
        {
            await deals.Create(app,
                new()
                {
                    Title = "Won",
                    StageId = some.Stages[1],
                    AddedAt = added,
                    Status = DealStatus.Won,
                    WonAt = added.AddSeconds(seconds),
                    Value = 1m
                }, Ct);
        }
        foreach (var value in new[] { 0.0025m, 0.0075m, -12.3456m })
        {
            await deals.Create(app, new() { Title = "Open", StageId = some.Stages[1], Value = value, Probability = 50m }, Ct);
        }
        await some.Deal(new() { Value = 1m });
        var script = Migrator.Scripts().Single(one => one.Name.EndsWith("_totals_of_apps", StringComparison.Ordinal)).Text;
        await using (var tx = await own.Db.WriteEverywhere(Ct))
        {
            await tx.Run("UPDATE deal_totals SET app_id = 0", new { });
            var text = Migrator.For(tx.Sql, script);
            await tx.RunScript(text[text.IndexOf("INSERT INTO deal_totals (", StringComparison.Ordinal)..]);
            await tx.Commit();
        }

        var pace = await new TotalsService(own.Db).Pace(some.Admin, some.PipelineId, Ct);

        Assert.Empty(await new TotalsService(own.Db).Verify(Ct));
        Assert.Equal(new WinningPace(TimeSpan.FromSeconds((0 + 10 + 3601) / 3), 2), pace);
    }

    [Theory, OnBothBackends]
    public async Task A_lists_total_is_what_the_caller_sees_whoever_asks(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deals = new DealService(some.Db);
        foreach (var app in new long?[] { null, 1, 2 })
        {
            await deals.Create(some.Admin with { AppId = app }, new() { Title = $"Of {app}", StageId = some.Stages[0] }, Ct);
        }
        await deals.Create(some.Admin, new() { Title = "Hidden", StageId = some.Stages[0], VisibleTo = 1 }, Ct);
        var followed = await deals.Create(some.Admin, new() { Title = "Followed", StageId = some.Stages[0], VisibleTo = 1 }, Ct);
        await deals.Follow(some.Admin, followed.Id, some.Member.UserId!.Value, Ct);

        foreach (var caller in new[] { some.Admin, some.Admin with { AppId = 1 }, some.Member, some.Member with { AppId = 2 } })
        {
            // What no cell knows is counted deal by deal.
            var stage =
                Condition.AnyOf(Condition.AllOf(Condition.Equal("status", "open"),
                    Condition.Test("stage_id", Operator.In, some.Stages[0])));
            var kept = await deals.List(caller, new() { Condition = stage, WantTotal = true }, Ct);
            var counted =
                await deals.List(caller,
                    new() { Condition = Condition.AllOf(stage, Condition.Test("title", Operator.IsNotEmpty)), WantTotal = true }, Ct);

            Assert.Equal((kept.Items.Count, counted.Total), (counted.Items.Count, kept.Total));
            Assert.Equal(kept.Items.Count, kept.Total);
        }
    }

    [Theory, OnBothBackends]
    public async Task Any_sequence_of_writes_leaves_the_totals_equal_to_a_recount(Backend backend)
    {
        await using var own = await OwnDatabase.Open(backend);
        var some = await Some.Workspace(own.Db);
        var service = new TotalsService(own.Db);

        // One workspace for all tries: each continues where the last one ended, so that later ones start from a full pipeline.
        Properties.ForAll(Write.Sequences, tries: 15, writes =>
        {
            foreach (var write in writes) write.Do(some).GetAwaiter().GetResult();
            return service.Verify(CancellationToken.None).GetAwaiter().GetResult().Count == 0;
        });
    }

    [Fact]
    public async Task Concurrent_moves_into_one_stage_lose_no_count_and_wait_in_no_circle()
    {
        Assert.SkipUnless(Backends.PostgresAnswers || Backends.InCi,
            "No PostgreSQL answers at TRIBUTARY_TEST_POSTGRES (see CONTRIBUTING.md).");
        await using var own = await OwnDatabase.Open(Backend.Postgres);
        var some = await Some.Workspace(own.Db);
        var deals = new List<Deal>();
        for (var n = 0; n < 24; n++) deals.Add(await some.Deal(new() { Value = 1m, StageId = some.Stages[n % 3] }));

        // Every deal goes through all three stages, each in its own order, eight at a time.
        await Parallel.ForEachAsync(deals, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Ct }, async (deal, _) =>
        {
            for (var step = 1; step <= 3; step++)
            {
                await some.Update(deal.Id, new() { StageId = some.Stages[(int)((deal.Id * step + step) % 3)] });
            }
            await some.Update(deal.Id, new() { StageId = some.Stages[2] });
        });

        Assert.Equal(24, (await new TotalsService(own.Db).Summary(some.Admin, new() { StageId = some.Stages[2] }, Ct)).Deals);
        Assert.Empty(await new TotalsService(own.Db).Verify(Ct));
    }

    [Theory, OnPostgres]
    public async Task Moves_into_one_stage_do_not_wait_for_one_that_is_not_over(Backend backend)
    {
        await using var own = await OwnDatabase.Open(backend);
        var some = await Some.Workspace(own.Db);
        var deals = new List<Deal>();
        for (var n = 0; n < 12; n++)
        {
            deals.Add(await some.Deal(new() { Value = 1m, StageId = some.Stages[0], OwnerId = some.Admin.UserId }));
        }

        // Each has moved its deal and stays open; a wait would end in this refusal, not in a test that never ends.
        var open = new List<Tx>();
        foreach (var deal in deals)
        {
            var tx = await own.Db.Write(some.Id, Ct);
            open.Add(tx);
            await tx.Run("SET LOCAL lock_timeout = '10s'", new { });
            await DealService.Update(tx, some.Admin, deal, new() { StageId = some.Stages[1] });
        }
        open.Reverse();
        foreach (var tx in open)
        {
            await tx.Commit();
            await tx.DisposeAsync();
        }

        Assert.Equal(12, (await new TotalsService(own.Db).Summary(some.Admin, new() { StageId = some.Stages[1] }, Ct)).Deals);
        Assert.Empty(await new TotalsService(own.Db).Verify(Ct));
    }

    [Theory, OnPostgres]
    public async Task Writers_who_come_one_by_one_keep_one_row_per_total(Backend backend)
    {
        await using var own = await OwnDatabase.Open(backend);
        var some = await Some.Workspace(own.Db);
        for (var n = 0; n < 6; n++) await some.Deal(new() { Value = 1m, StageId = some.Stages[0] });

        await using var tx = await own.Db.Read(some.Id, Ct);
        Assert.Equal(0, await tx.One<long>("SELECT MAX(shard) FROM deal_totals WHERE workspace_id = @Workspace", new { tx.Workspace }));
    }

    /// <summary>One write of one of the workspace's deals; which deal, and what, follow from the numbers.</summary>
    public sealed record Write(int Kind, int Deal, int Pick, int Amount)
    {
        private static readonly string[] Kinds =
            ["create", "move", "won", "lost", "reopen", "value", "probability", "currency", "owner", "visible", "archive", "unarchive",
                "delete", "restore", "purge", "due"];

        public static Arbitrary<Write[]> Sequences => (
            from kind in Gen.Choose(0, Kinds.Length - 1)
            from deal in Gen.Choose(0, 7)
            from pick in Gen.Choose(0, 5)
            from amount in Gen.Choose(-500, 5000)
            select new Write(kind, deal, pick, amount)).ArrayOf().Resize(20).ToArbitrary();

        public override string ToString() => $"{Kinds[Kind]} deal {Deal} ({Pick}, {Amount})";

        public async Task Do(SomeWorkspace some)
        {
            var service = new DealService(some.Db);
            var ids = await Ids(some);
            if (ids.Count < 3 || Kinds[Kind] == "create")
            {
                await some.Deal(new()
                {
                    Value = Pick == 5 ? null : Amount / 8m,
                    Currency = Pick < 4 ? "EUR" : "USD",
                    StageId = some.Stages[Pick % 3],
                    VisibleTo = 1 + Pick / 2 * 2
                });
                return;
            }

            var id = ids[Deal % ids.Count];
            DealPatch patch = Kinds[Kind] switch
            {
                "move" => new() { StageId = some.Stages[Pick % 3] },
                "won" => new() { Status = DealStatus.Won },
                "lost" => new() { Status = DealStatus.Lost, LostReason = "Price" },
                "reopen" => new() { Status = DealStatus.Open },
                "value" => new() { Value = Pick == 0 ? null : Amount / 16m },
                "probability" => new() { Probability = Pick == 0 ? null : Math.Abs(Amount) % 101 },
                "currency" => new() { Currency = Pick % 2 == 0 ? "EUR" : "JPY" },
                "owner" => new() { OwnerId = Pick switch { 0 => null, 1 => some.Manager.UserId, _ => some.Member.UserId } },
                "visible" => new() { VisibleTo = 1 + Pick % 4 * 2 },
                "archive" => new() { Archived = true },
                "unarchive" => new() { Archived = false },
                "delete" => new() { Deleted = true },
                "restore" => new() { Deleted = false },
                _ => new(),
            };
            try
            {
                if (Kinds[Kind] == "purge") await service.Purge(some.Admin, id, CancellationToken.None);
                else if (Kinds[Kind] == "due") await some.Due(id, some.Db.Today().AddDays(Pick - 2));
                else await service.Update(some.Admin, id, patch, CancellationToken.None);
            }
            catch (ProblemException)
            {
                // A refused write (an archived deal cannot be edited) must leave the totals right, too.
            }
        }

        private static async Task<IReadOnlyList<long>> Ids(SomeWorkspace some)
        {
            await using var tx = await some.Db.Read(some.Id, CancellationToken.None);
            return await tx.Many<long>("SELECT id FROM deals WHERE workspace_id = @Workspace ORDER BY id", new { tx.Workspace });
        }
    }
}
