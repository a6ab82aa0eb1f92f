using FsCheck;
using FsCheck.Fluent;

namespace Tributary.Tests.Support;

/// <summary>Claims about every input, tried on a hundred generated ones; a counterexample is shrunk and fails the test.</summary>
internal static class Properties
{
    /// <summary>Fixed, so that a red build is red again when it is repeated.</summary>
    private static readonly Config config = Config.QuickThrowOnFailure.WithReplay(20261120, 1).WithQuietOnSuccess(true);

    public static void ForAll<T>(Func<T, bool> claim) => ForAll(ArbMap.Default.ArbFor<T>(), claim);

    public static void ForAll<T>(Arbitrary<T> inputs, Func<T, bool> claim) => Check.One(config, Prop.ForAll(inputs, claim));

    /// <summary>With fewer tries, for claims about databases.</summary>
    public static void ForAll<T>(Arbitrary<T> inputs, int tries, Func<T, bool> claim) =>
        Check.One(config.WithMaxTest(tries), Prop.ForAll(inputs, claim));
}
