using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Core.Fields;
using Tributary.Core.Storage;
using Tributary.Tests.Core.Totals;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Storage;

/// <summary>The readers that are written by hand must read what the one made by the columns' names reads, member for member.</summary>
public sealed class RowTests
{
    private static readonly DateTimeOffset Day = new(2026, 3, 4, 5, 6, 7, 891, TimeSpan.Zero);

    [Theory, OnBothBackends]
    public async Task A_deal_with_every_member_set_is_read_as_it_was_stored(Backend backend)
    {
        var some = await Some.Workspace(backend);
        await using var tx = await some.Db.Write(some.Id, CancellationToken.None);
        var stored = await Everything(tx, some);

        var found = await DealStore.Find(tx, stored.Id);
        var mapped = await tx.One<Deal>($"SELECT {DealStore.Columns} FROM deals WHERE workspace_id = @Workspace AND id = @Id",
            new { tx.Workspace, stored.Id });

        Assert.Equal(stored, found);
        Assert.Equal(mapped, found);
        Assert.Equal(stored, Assert.Single(await DealStore.FindMany(tx, [stored.Id])));
    }

    [Theory, OnBothBackends]
    public async Task A_deal_with_every_member_set_is_stored_in_bulk_as_alone(Backend backend)
    {
        var some = await Some.Workspace(backend);
        await using var tx = await some.Db.Write(some.Id, CancellationToken.None);
        tx.Bulk = new();

        var stored = await Everything(tx, some);

        Assert.Equal(stored, await DealStore.Find(tx, stored.Id));
    }

    // PostgreSQL spells a document in its own way, and JSON of nothing was read for every row.
    [Theory, OnBothBackends]
    public async Task What_a_deal_has_none_of_is_made_anew_for_no_row(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deal = await some.Deal(new() { Title = "Bare" });
        await using var tx = await some.Db.Read(some.Id, CancellationToken.None);

        var found = await DealStore.Find(tx, deal.Id);

        Assert.Same(DealLinks.None, found!.Links);
        Assert.Same(CustomValues.None, found.Custom);
    }

    [Theory, OnBothBackends]
    public async Task Contacts_with_every_member_set_are_read_as_they_were_stored(Backend backend)
    {
        var some = await Some.Workspace(backend);
        await using var tx = await some.Db.Write(some.Id, CancellationToken.None);
        var organization = new Organization
        {
            Id = 71,
            Uid = tx.NextUid(),
            Name = "Works",
            OwnerId = 2,
            VisibleTo = 7,
            Email = "a@some.test",
            Phone = "1",
            Website = "w",
            Linkedin = "l",
            Industry = "i",
            AnnualRevenue = 12.3456m,
            EmployeeCount = 9,
            TaxNumber = "t",
            Address = new() { Value = "Quay 1" },
            Notes = "n",
            LabelIds = [1],
            TagIds = [2, 3],
            Custom = CustomValues.Parse("""{"a":1}"""),
            AddedAt = Day,
            AddedBy = 3,
            UpdatedAt = Day,
            UpdatedBy = 4,
            DeletedAt = Day,
            DeletedBy = 5,
            Version = 6,
        };
        var person = new Person
        {
            Id = 72,
            Uid = tx.NextUid(),
            Name = "Kim Ö",
            FirstName = "Kim",
            LastName = "Ö",
            OrgId = 71,
            OwnerId = 2,
            VisibleTo = 7,
            Emails = [new("a@some.test", "work", true)],
            Phones = [new("1")],
            Im = [new("x")],
            Address = new() { Country = "PT" },
            Birthday = new(1990, 1, 2),
            JobTitle = "j",
            Notes = "n",
            Status = "s",
            Source = "o",
            TaxNumber = "t",
            MarketingStatus = "m",
            EngagementScore = 8,
            DecisionRole = "d",
            LabelIds = [1],
            TagIds = [2],
            Custom = CustomValues.Parse("""{"a":"b"}"""),
            AddedAt = Day,
            AddedBy = 3,
            UpdatedAt = Day,
            UpdatedBy = 4,
            DeletedAt = Day,
            DeletedBy = 5,
            Version = 6,
        };

        await OrganizationStore.Insert(tx, organization);
        await PersonStore.Insert(tx, person);

        Assert.Equal(organization, Assert.Single(await OrganizationStore.FindMany(tx, [71])));
        Assert.Equal(person, Assert.Single(await PersonStore.FindMany(tx, [72])));
    }

    [Theory, OnBothBackends]
    public async Task Texts_long_or_empty_or_beyond_ascii_come_back_whole(Backend backend)
    {
        var some = await Some.Workspace(backend);
        await using var tx = await some.Db.Read(some.Id, CancellationToken.None);

        foreach (var text in (string[])["", "é😀", new string('ü', 4000)])
        {
            Assert.Equal(text, await tx.One("SELECT CAST(@text AS TEXT)", static (ref row) => row.Text(), ("text", text)));
        }
    }

    private static async Task<Deal> Everything(Tx tx, SomeWorkspace some)
    {
        var deal = new Deal
        {
            Id = 4711,
            Uid = tx.NextUid(),
            Number = "DEAL-2026-04711",
            Title = "Überseehafen",
            Value = 12.3456m,
            Currency = "EUR",
            PipelineId = some.PipelineId,
            StageId = some.Stages[1],
            Status = DealStatus.Lost,
            Probability = 12.5m,
            Priority = DealPriority.Urgent,
            Position = 1.5m,
            OwnerId = 2,
            AssigneeId = 3,
            CreatorId = 4,
            PersonId = null,
            OrgId = null,
            ExpectedClose = new(2026, 12, 31),
            NextFollowupAt = Day,
            WonAt = Day.AddDays(1),
            LostAt = Day.AddDays(2),
            ClosedAt = Day.AddDays(3),
            FirstWonAt = Day.AddDays(4),
            StageChangedAt = Day.AddDays(5),
            WonReason = "wr",
            LostReason = "lr",
            LossCategory = "lc",
            ClosureNotes = "cn",
            Competitors = ["a", "b"],
            Source = "so",
            DealType = "dt",
            ForecastCategory = "fc",
            Description = "de",
            LabelIds = [5, 6],
            TagIds = [.. Enumerable.Range(1, 40).Select(n => (long)n)],
            VisibleTo = 3,
            Custom = CustomValues.Parse("""{"k":[1,2]}"""),
            RfpId = "rf",
            Links = new() { Quotes = ["q"] },
            Origin = "or",
            OriginId = "oi",
            Channel = 7,
            ChannelId = "ci",
            SourceLeadId = tx.NextUid(),
            Provenance = "pr",
            SourceType = "api",
            AppId = 8,
            Mrr = 1.1m,
            Arr = 2.2m,
            Acv = 3.3m,
            ProductsCount = 1,
            FilesCount = 2,
            NotesCount = 3,
            FollowersCount = 4,
            ParticipantsCount = 5,
            ActivitiesCount = 6,
            DoneActivitiesCount = 7,
            MailCount = 8,
            NextActivityId = 9,
            NextActivityOn = new(2027, 1, 2),
            NextActivityTime = "09:30",
            LastActivityId = 10,
            LastActivityOn = new(2027, 1, 3),
            LastIncomingMailAt = Day.AddHours(1),
            LastOutgoingMailAt = Day.AddHours(2),
            TouchedAt = Day.AddHours(3),
            AddedAt = Day.AddHours(4),
            UpdatedAt = Day.AddHours(5),
            UpdatedBy = 11,
            ArchivedAt = Day.AddHours(6),
            DeletedAt = Day.AddHours(7),
            DeletedBy = 12,
            SchemaVersion = 2,
            Version = 13,
        };
        await DealStore.Insert(tx, deal);
        return deal;
    }
}
