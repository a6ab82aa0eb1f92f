using Tributary.Core.Kernel;
using Tributary.Core.Lists;

namespace Tributary.Core.Automations;

/// <summary>What starts an automation: something that happens to a deal, or a day or moment that comes.</summary>
public enum TriggerKind { Created, Updated, StageChanged, Won, Lost, Rotten, DateReached }

/// <summary>When an automation starts.</summary>
public sealed record Trigger(TriggerKind Kind)
{
    /// <summary>Updated: only when this field changes; none means any. DateReached: the day or moment that is reached.</summary>
    public string? Field { get; init; }

    /// <summary>StageChanged: only into this stage.</summary>
    public long? StageId { get; init; }

    /// <summary>DateReached: so many days after it, or before when negative.</summary>
    public int Days { get; init; }

    /// <summary>The clock starts it, not an event.</summary>
    public bool IsClocked => Kind is TriggerKind.Rotten or TriggerKind.DateReached;
}

/// <summary>One thing that an automation does to the deal that started it.</summary>
public abstract record AutomationAction
{
    private AutomationAction()
    {
    }

    /// <summary>Left out, the type is the workspace's first and the owner is the deal's.</summary>
    public sealed record CreateActivity(string Subject) : AutomationAction
    {
        public string? ActivityType { get; init; }
        public string? Note { get; init; }
        public int DueInDays { get; init; }
        public string? DueTime { get; init; }
        public long? OwnerId { get; init; }
    }

    /// <summary>A value as JSON, or for days and moments so many days from now.</summary>
    public sealed record SetField(string Field) : AutomationAction
    {
        public string Value { get; init; } = "null";
        public int? InDays { get; init; }
    }

    public sealed record Move(long StageId) : AutomationAction;

    /// <summary>Makes a user the deal's owner, or its assignee.</summary>
    public sealed record Assign(long UserId, bool AsAssignee) : AutomationAction;

    /// <summary>By name; unknown names become tags.</summary>
    public sealed record Tag(Seq<string> Add, Seq<string> Remove) : AutomationAction;

    public sealed record Label(Seq<long> Add, Seq<long> Remove) : AutomationAction;

    public sealed record Follow(long UserId) : AutomationAction;

    /// <summary>Tells one of the workspace's webhooks of the deal as it then is.</summary>
    public sealed record CallWebhook(long WebhookId) : AutomationAction;

    /// <summary>Holds the place of one that could not be read, so that the others are named by theirs; never kept.</summary>
    internal sealed record Unreadable : AutomationAction;
}

/// <summary>"When this happens to a deal like that, do these things", kept for a workspace.</summary>
public sealed record Automation
{
    public required long Id { get; init; }
    public required Guid Uid { get; init; }
    public required string Name { get; init; }
    public required Trigger Trigger { get; init; }

    /// <summary>Which deals; asked when the trigger is seen.</summary>
    public required Condition Filter { get; init; }

    /// <summary>Done in order, all of them or none.</summary>
    public required Seq<AutomationAction> Actions { get; init; }
    public required bool IsOn { get; init; }

    /// <summary>A sentence, when it was the engine that turned it off.</summary>
    public string? OffReason { get; init; }

    /// <summary>The line of the log that turned it on: it hears of what came later.</summary>
    public long SinceEventId { get; init; }

    /// <summary>Up to when the clock was looked at.</summary>
    public DateTimeOffset ClockAt { get; init; }

    /// <summary>How often it did what it does, how often it could not, and how often in a row since it last could.</summary>
    public long Runs { get; init; }
    public long Refusals { get; init; }
    public long Failures { get; init; }
    public DateTimeOffset? LastRunAt { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
    public long? AddedBy { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public long? UpdatedBy { get; init; }
    public required long Version { get; init; }
}

/// <summary>What an automation is made from, or what of it changes.</summary>
public sealed record AutomationPatch
{
    public long? ExpectedVersion { get; init; }
    public Field<string> Name { get; init; }
    public Field<Trigger> Trigger { get; init; }
    public Field<Condition> Filter { get; init; }
    public Field<Seq<AutomationAction>> Actions { get; init; }
    public Field<bool> IsOn { get; init; }

    /// <summary>What was wrong with the spelling of the parts, to be named with what is wrong with their meaning.</summary>
    public Seq<FieldError> Misspelled { get; init; } = [];
}

/// <summary>
/// Refused: the rules said no to one action, so none was done. Skipped: there was nothing to do it to, or nobody to do it.
/// Failed: tried too often.
/// </summary>
public enum RunState { Waiting, Done, Refused, Skipped, Failed }

public enum StepOutcome { Done, Unchanged, Refused }

/// <summary>What became of one action.</summary>
public sealed record RunStep(string Action, StepOutcome Outcome, string Text);

/// <summary>One automation started by one thing that happened to one deal.</summary>
public sealed record AutomationRun
{
    public required long Id { get; init; }
    public required long AutomationId { get; init; }
    public required long DealId { get; init; }

    /// <summary>"event 17", "rotten 2026-11-20" or "date 2026-11-20": it starts the automation once for the deal.</summary>
    public required string Reason { get; init; }
    public long? EventId { get; init; }

    /// <summary>The automations that led here, this one last. None of them is started by what this run does.</summary>
    public required Seq<long> Chain { get; init; }
    public required RunState State { get; init; }
    public long Attempts { get; init; }
    public required DateTimeOffset RunAfter { get; init; }
    public Seq<RunStep> Steps { get; init; } = [];

    /// <summary>Why nothing was done, in a sentence.</summary>
    public string? Message { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
}

/// <summary>What an automation would do with a deal now.</summary>
public sealed record TestRun(bool Matches, Seq<RunStep> Steps, string? Refusal);
