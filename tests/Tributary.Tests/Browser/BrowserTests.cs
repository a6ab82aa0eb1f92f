namespace Tributary.Tests.Browser;

/// <summary>Tests in a browser run one after the other, and after all others: what they wait for is drawn by a busy machine too.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class BrowserTests
{
    public const string Name = "In a browser";
}
