using Tributary.Core.Kernel;
using Tributary.Core.Lists;

namespace Tributary.Core.Mail;

public enum MailDirection { Incoming, Outgoing }

/// <summary>An e-mail that was exchanged about a deal or lead. It is a record of it: nothing is sent or fetched here.</summary>
public sealed record MailMessage
{
    public required long Id { get; init; }
    public required Guid Uid { get; init; }

    /// <summary>The same for all messages of a conversation: the id of the first one.</summary>
    public required long ThreadId { get; init; }
    public required MailDirection Direction { get; init; }
    public required string Subject { get; init; }

    /// <summary>How the message begins, as plain text.</summary>
    public required string Snippet { get; init; }

    /// <summary>
    /// HTML exactly as it was given, never executed; whoever shows it must sanitise it. None when there is none, and in lists that leave it
    /// out.
    /// </summary>
    public string? Body { get; init; }
    public required MailParties Parties { get; init; }
    public long? DealId { get; init; }
    public long? LeadId { get; init; }
    public long? UserId { get; init; }
    public bool IsRead { get; init; }
    public bool IsDraft { get; init; }
    public bool HasAttachments { get; init; }
    public required DateTimeOffset MessageAt { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public long? UpdatedBy { get; init; }
    public DateTimeOffset? DeletedAt { get; init; }
    public required long Version { get; init; }

    public bool IsDeleted => DeletedAt is not null;

    internal Anchors Anchors => new(DealId, LeadId);
}

/// <summary>Someone a message is from or to; the person is the one of the workspace with that address.</summary>
public sealed record MailParty(string Email, string? Name = null, long? PersonId = null);

/// <summary>Who wrote and who received.</summary>
public sealed record MailParties
{
    public Seq<MailParty> From { get; init; } = [];
    public Seq<MailParty> To { get; init; } = [];
    public Seq<MailParty> Cc { get; init; } = [];
    public Seq<MailParty> Bcc { get; init; } = [];

    internal IEnumerable<MailParty> All => [.. From, .. To, .. Cc, .. Bcc];
}

/// <summary>What a caller says about a message. What was written stays as it was; flags and links can change.</summary>
public sealed record MailPatch
{
    /// <summary>When set, the change is refused as stale unless the message has this version.</summary>
    public long? ExpectedVersion { get; init; }

    public Field<long?> DealId { get; init; }
    public Field<long?> LeadId { get; init; }
    public Field<bool> IsRead { get; init; }
    public Field<bool> IsDraft { get; init; }
    public Field<bool> HasAttachments { get; init; }
    public Field<bool> Deleted { get; init; }

    // Creation only.

    /// <summary>The conversation it continues; left out starts one.</summary>
    public Field<long> ThreadId { get; init; }
    public Field<MailDirection> Direction { get; init; }
    public Field<string> Subject { get; init; }
    public Field<string> Snippet { get; init; }
    public Field<string?> Body { get; init; }
    public Field<MailParties> Parties { get; init; }
    public Field<DateTimeOffset> MessageAt { get; init; }

    /// <summary>For imports: the ids that other systems already hold. Taken ones are a conflict.</summary>
    public Field<long> Id { get; init; }
    public Field<Guid> Uid { get; init; }
    public Field<long?> UserId { get; init; }
    public Field<DateTimeOffset> AddedAt { get; init; }
    public Field<DateTimeOffset> UpdatedAt { get; init; }
}
