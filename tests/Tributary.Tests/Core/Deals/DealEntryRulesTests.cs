using System.Text.Json;
using Tributary.Core.Deals;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Pipelines;

namespace Tributary.Tests.Core.Deals;

// ui.md §5.2 ("targets refused by stage rules") and §5.8 ("rules (required fields, skip/back, who)"); the readings are ours.
public sealed class DealEntryRulesTests
{
    private static readonly Caller Seller = DealDesk.Caller with { UserId = 2, Role = Role.Member };

    private static readonly StageEntry NoSkip = new() { MaySkip = false };
    private static readonly StageEntry NoReturn = new() { MayReturn = false };

    public static readonly TheoryData<string, long, long, string> Ways = new()
    {
        { "no skip", 11, 12, "" },
        { "no skip", 11, 13, "stage_id" },
        { "no skip", 12, 13, "" },
        { "no skip", 13, 11, "" }, // coming back skips nothing
        { "no skip", 21, 13, "" }, // from another pipeline it comes from nowhere
        { "no skip", 11, 18, "status" }, // won from the first of three
        { "no skip", 13, 18, "" },
        { "no return", 13, 11, "stage_id" },
        { "no return", 13, 12, "stage_id" },
        { "no return", 11, 13, "" },
        { "no return", 22, 11, "" },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_stage_says_where_deals_may_come_from(string rule, long from, long to, string refused)
    {
        var deal = DealDesk.Deal(new() { StageId = from });
        var catalog = DealDesk.With((to, rule == "no skip" ? NoSkip : NoReturn));

        var error = Record.Exception(() => DealDesk.Apply(deal, new() { StageId = to }, catalog: catalog));

        Assert.Equal(refused, error is ProblemException refusal
            ? string.Join(' ', refusal.Problem.Fields.Select(field => field.Field)) : "");
    }

    [Fact]
    public void A_refused_way_is_told_with_the_names_of_the_stages()
    {
        var skipping =
            Assert.Throws<ProblemException>(() => DealDesk.Apply(DealDesk.Deal(), new() { StageId = 13 },
                catalog: DealDesk.With((13, NoSkip))));
        var returning =
            Assert.Throws<ProblemException>(() => DealDesk.Apply(DealDesk.Deal(new() { StageId = 13 }), new() { StageId = 11 },
                catalog: DealDesk.With((11, NoReturn))));

        Assert.Equal("Deals enter Stage 13 from Stage 12, the stage before it; this one is in Stage 11.", skipping.Message);
        Assert.Equal("Deals do not come back to Stage 11: from Stage 13 they go to later stages only.", returning.Message);
    }

    [Fact]
    public void Every_missing_field_is_named_at_once_with_what_would_be_accepted()
    {
        var catalog = DealDesk.With((12, new() { Required = ["value", "expected_close", "custom.budget"] }));

        var refusal =
            Assert.Throws<ProblemException>(() => DealDesk.Apply(DealDesk.Deal(new() { Value = 0 }), new() { StageId = 12 },
                catalog: catalog)).Problem;

        Assert.Equal(["expected_close", "custom.budget"], refusal.Fields.Select(field => field.Field)); // zero is a value
        Assert.Equal("expected_close must be a day such as 2026-11-20, before a deal enters Stage 12.", refusal.Fields[0].Message);
        Assert.StartsWith("custom.budget must be a number from ", refusal.Fields[1].Message, StringComparison.Ordinal);
        Assert.Equal((null, DealDesk.BudgetKey), (refusal.Fields[0].Key, refusal.Fields[1].Key));
    }

    [Fact]
    public void What_the_same_change_brings_counts()
    {
        var catalog = DealDesk.With((12, new() { Required = ["expected_close", "custom.budget"] }));
        var budget = new CustomPatch(new Dictionary<string, JsonElement> { [DealDesk.BudgetKey] = JsonSerializer.SerializeToElement(12) });

        var moved = DealDesk.Apply(DealDesk.Deal(), new() { StageId = 12, ExpectedClose = new DateOnly(2026, 12, 24), Custom = budget },
            catalog: catalog);

        Assert.Equal(12, moved.StageId);
    }

    [Fact]
    public void What_a_deal_lacks_is_not_asked_for_where_it_stays()
    {
        var deal = DealDesk.Deal();
        var catalog = DealDesk.With((11, new() { Required = ["value"], Who = new() { Roles = [Role.Manager] } }));

        Assert.Equal("Renamed", DealDesk.Apply(deal, new() { Title = "Renamed", StageId = 11 }, caller: Seller, catalog: catalog).Title);
        Assert.Equal(DealStatus.Won, DealDesk.Apply(deal, new() { Status = DealStatus.Won }, caller: Seller, catalog: catalog).Status);
    }

    [Fact]
    public void A_new_deal_and_a_copy_bring_what_their_stage_asks_and_have_skipped_nothing()
    {
        var catalog = DealDesk.With((13, new() { Required = ["value"], MaySkip = false, MayReturn = false }));

        Assert.Equal(["value"], DealDesk.Refused(() => DealDesk.Create(new() { StageId = 13 }, catalog: catalog)));
        Assert.Equal(13, DealDesk.Create(new() { StageId = 13, Value = 5 }, catalog: catalog).StageId);
        Assert.Equal(["value"],
            DealDesk.Refused(() => DealRules.Copy(DealDesk.Deal(new() { StageId = 13 }),
                new() { Catalog = catalog, Caller = Seller, Now = DealDesk.Now, Custom = CustomValues.None })));
    }

    [Theory]
    [InlineData(DealStatus.Won, 18, "won_reason")]
    [InlineData(DealStatus.Lost, 19, "lost_reason")]
    public void A_won_or_lost_stage_asks_when_a_deal_is_closed_that_way(DealStatus status, long stage, string required)
    {
        var catalog = DealDesk.With((stage, new() { Required = [required] }));
        var deal = DealDesk.Deal();
        var other = status is DealStatus.Won ? DealStatus.Lost : DealStatus.Won;

        Assert.Equal([required], DealDesk.Refused(() => DealDesk.Apply(deal, new() { Status = status }, catalog: catalog)));
        Assert.Equal([required], DealDesk.Refused(() => DealDesk.Apply(deal, new() { StageId = stage }, catalog: catalog)));
        Assert.Equal([required], DealDesk.Refused(() => DealDesk.Create(new() { Status = status }, catalog: catalog)));
        Assert.Equal(other, DealDesk.Apply(deal, new() { Status = other }, catalog: catalog).Status);
        Assert.Equal(status,
            DealDesk.Apply(deal,
                new()
                {
                    Status = status,
                    WonReason = status is DealStatus.Won ? "Fit" : null,
                    LostReason = status is DealStatus.Lost ? "Price" : null
                }, catalog: catalog).Status);
    }

    [Fact]
    public void Reopening_is_no_entry()
    {
        var lost = DealDesk.Lost();
        var catalog = DealDesk.With((11, new() { Required = ["value"], MayReturn = false, Who = new() { Roles = [Role.Manager] } }));

        Assert.Equal(DealStatus.Open, DealDesk.Apply(lost, new() { Status = DealStatus.Open }, caller: Seller, catalog: catalog).Status);
    }

    [Fact]
    public void A_deal_that_comes_back_and_finds_its_stage_gone_begins_anew_unasked()
    {
        var archived = DealDesk.Apply(DealDesk.Deal(new() { StageId = 12 }), new() { Archived = true }) with { StageId = 17 };
        var catalog = DealDesk.With((11, new() { Required = ["value"], Who = new() { Roles = [Role.Manager] } }));

        Assert.Equal(11, DealDesk.Apply(archived, new() { Archived = false }, caller: Seller, catalog: catalog).StageId);
    }

    public static readonly TheoryData<string, bool> People = new()
    {
        { "the seller's role", true },
        { "another role", false },
        { "the seller", true },
        { "another user", false },
        { "the seller's group", true },
        { "a group above it", true },
        { "another group", false },
        { "another role and the seller", true }, // any of them
    };

    [Theory]
    [MemberData(nameof(People))]
    public void Who_may_bring_deals_is_named_by_role_user_or_group(string named, bool mayMove)
    {
        var seller = Seller with { GroupId = 5, GroupsAbove = [4] };
        StageEntry entry = named switch
        {
            "the seller's role" => new() { Who = new() { Roles = [Role.Member] } },
            "another role" => new() { Who = new() { Roles = [Role.Manager] } },
            "the seller" => new() { Who = new() { UserIds = [2] } },
            "another user" => new() { Who = new() { UserIds = [3] } },
            "the seller's group" => new() { Who = new() { GroupIds = [5] } },
            "a group above it" => new() { Who = new() { GroupIds = [4] } },
            "another group" => new() { Who = new() { GroupIds = [6] } },
            _ => new() { Who = new() { Roles = [Role.Manager], UserIds = [2] } },
        };
        var catalog = DealDesk.With((12, entry));

        var error = Record.Exception(() => DealDesk.Apply(DealDesk.Deal(), new() { StageId = 12 }, caller: seller, catalog: catalog));

        Assert.Equal(mayMove ? null : ProblemCode.Forbidden, (error as ProblemException)?.Problem.Code);
        Assert.Equal(12, DealDesk.Apply(DealDesk.Deal(), new() { StageId = 12 }, catalog: catalog).StageId); // admins always
    }

    [Fact]
    public void Who_would_be_accepted_is_told_by_name()
    {
        var catalog = DealDesk.With((12, new() { Who = new() { Roles = [Role.Manager], UserIds = [3] } }));

        var refusal =
            Assert.Throws<ProblemException>(() => DealDesk.Apply(DealDesk.Deal(), new() { StageId = 12 }, caller: Seller,
                catalog: catalog));

        Assert.Equal("Only managers, User 3, admins may bring deals to Stage 12.", refusal.Message);
    }

    [Fact]
    public void A_field_that_was_deleted_is_asked_for_no_longer()
    {
        var catalog = DealDesk.With((12, new() { Required = ["custom.gone"] }));

        Assert.Equal(12, DealDesk.Apply(DealDesk.Deal(), new() { StageId = 12 }, catalog: catalog).StageId);
    }
}
