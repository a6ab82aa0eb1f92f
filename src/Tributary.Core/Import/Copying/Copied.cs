using Tributary.Core.Fields;
using Tributary.Core.Pipelines;

namespace Tributary.Core.Import;

/// <summary>
/// A record of another system: the id it has there, and what it says in our words, naming other records by their ids here.
/// </summary>
public sealed record Copied<T>(string TheirId, T Patch);

/// <summary>A pipeline with its open stages in their order.</summary>
public sealed record CopiedPipeline(string TheirId, PipelinePatch Patch, IReadOnlyList<Copied<StagePatch>> Stages);

/// <summary>A custom field, by the key it has there.</summary>
public sealed record CopiedField(string TheirId, NewField Field);

/// <summary>What became of the records of one kind.</summary>
public sealed record CopiedNoun(string Noun, long Read, long Created, long Updated, long Unchanged, long Rejected);
