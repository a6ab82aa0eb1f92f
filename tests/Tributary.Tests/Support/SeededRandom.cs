using Tributary.Core.Kernel;

namespace Tributary.Tests.Support;

/// <summary>Random-looking bytes that are the same in every run.</summary>
internal static class SeededRandom
{
    public static FillRandom Of(int seed) => new Random(seed).NextBytes;
}
