using Tributary.Core.Jobs;

namespace Tributary.Core.Leads;

/// <summary>How a conversion stands. Once completed, it names the record that came of it.</summary>
public sealed record Conversion
{
    public required Guid Uid { get; init; }

    /// <summary>Waiting, running, completed, failed (it was tried and broke) or rejected (the rules say no).</summary>
    public required JobState State { get; init; }
    public long? LeadId { get; init; }
    public Guid? LeadUid { get; init; }
    public long? DealId { get; init; }

    /// <summary>Why it failed or was rejected.</summary>
    public string? Error { get; init; }
}

/// <summary>What a conversion leaves in its job.</summary>
internal sealed record ConversionResult
{
    public long? LeadId { get; init; }
    public Guid? LeadUid { get; init; }
    public long? DealId { get; init; }
    public string? Error { get; init; }
}

/// <summary>What a conversion was asked to do; stage and pipeline only for a lead that becomes a deal.</summary>
internal sealed record ConversionOrder(string Dialect, long? StageId = null, long? PipelineId = null);
