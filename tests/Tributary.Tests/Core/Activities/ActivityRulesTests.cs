using Tributary.Core.Activities;
using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Activities;

public sealed class ActivityRulesTests
{
    private static readonly DateTimeOffset Now = TestClock.Start;

    [Fact]
    public void An_activity_that_says_nothing_is_a_call_named_after_its_type()
    {
        // Pipedrive, POST /activities: "When value for type is not set, it will be given a default value Call"; the same for subject.
        var activity = ActivityRules.Create(new(), Context());

        Assert.Equal(("call", "Call", ActivityStatus.Open, false), (activity.Type, activity.Subject, activity.Status, activity.Done));
    }

    [Theory]
    [InlineData(ActivityStatus.Open, false)]
    [InlineData(ActivityStatus.InProgress, false)]
    [InlineData(ActivityStatus.Completed, true)]
    [InlineData(ActivityStatus.Cancelled, false)]
    [InlineData(ActivityStatus.NoShow, false)]
    public void Done_means_completed_and_only_that(ActivityStatus status, bool done)
    {
        var activity = ActivityRules.Create(new() { Status = status }, Context());

        Assert.Equal((done, done ? Now : (DateTimeOffset?)null), (activity.Done, activity.DoneAt));
    }

    [Fact]
    public void Undoing_reopens_what_was_completed_and_leaves_a_cancelled_one_cancelled()
    {
        var completed = ActivityRules.Create(new() { Done = true }, Context());
        var cancelled = ActivityRules.Create(new() { Status = ActivityStatus.Cancelled }, Context());

        var reopened = ActivityRules.Apply(completed, new() { Done = false }, Context());

        Assert.Equal((ActivityStatus.Open, false, null), (reopened.Status, reopened.Done, reopened.DoneAt));
        Assert.Same(cancelled, ActivityRules.Apply(cancelled, new() { Done = false }, Context()));
    }

    [Fact]
    public void Completing_twice_keeps_the_first_time_and_an_import_brings_its_own()
    {
        var completed = ActivityRules.Create(new() { Done = true }, Context());
        var later = ActivityRules.Apply(completed, new() { Done = true, Subject = "x" }, Context() with { Now = Now.AddDays(1) });
        var imported = ActivityRules.Create(new() { Done = true, DoneAt = Now.AddYears(-1) }, Context());

        Assert.Equal((Now, Now.AddYears(-1)), (later.DoneAt, imported.DoneAt));
    }

    [Fact]
    public void A_status_and_a_mark_that_contradict_each_other_are_refused()
    {
        var refusal =
            Assert.Throws<ProblemException>(() => ActivityRules.Create(new() { Status = ActivityStatus.Cancelled, Done = true },
                Context()));

        Assert.Equal(["done"], refusal.Problem.Fields.Select(field => field.Field));
    }

    [Fact]
    public void The_person_of_an_activity_is_its_primary_participant()
    {
        var created = ActivityRules.Create(new() { PersonId = 7, Participants = (Seq<ActivityParticipant>)[new(8, false)] }, Context());
        Assert.Equal<ActivityParticipant>([new(7, true), new(8, false)], created.Participants);

        var moved = ActivityRules.Apply(created, new() { Participants = (Seq<ActivityParticipant>)[new(8, false), new(9, true)] },
            Context());
        Assert.Equal(9, moved.PersonId);

        var without = ActivityRules.Apply(moved, new() { PersonId = null }, Context());
        Assert.Equal((8, 1), (without.PersonId, without.Participants.Count));

        var refusal =
            Assert.Throws<ProblemException>(
                () => ActivityRules.Create(new() { Participants = (Seq<ActivityParticipant>)[new(8, true), new(9, true)] }, Context()));
        Assert.Equal(["participants"], refusal.Problem.Fields.Select(field => field.Field));
    }

    [Theory]
    [InlineData("09:30", true)]
    [InlineData("00:00", true)]
    [InlineData("24:00", false)]
    [InlineData("9:30", false)]
    [InlineData("09:30:00", false)]
    [InlineData("", false)]
    public void A_due_time_is_hours_and_minutes(string time, bool accepted)
    {
        var refusal = Record.Exception(() => ActivityRules.Create(new() { DueTime = time }, Context()));

        Assert.Equal(accepted, refusal is null);
    }

    private static ActivityContext Context() => new() { Catalog = Catalog(), Caller = Caller.System(1), Now = Now };

    private static WorkspaceCatalog Catalog() => new(
        new() { Id = 1, Uid = default, Name = "W", BaseCurrency = "EUR", TimeZone = "UTC", AddedAt = Now },
        1, [], [], [], [], [], [], [], [], [], [Type(1, "task", "Task"), Type(2, "call", "Call")]);

    private static ActivityType Type(long id, string key, string name) => new()
    {
        Id = id,
        Uid = default,
        Key = key,
        Name = name,
        Icon = key,
        Position = id,
        IsActive = true,
        IsCustom = false,
        AddedAt = Now,
        UpdatedAt = Now,
        Version = 1,
    };
}
