using System.Collections.Concurrent;
using Tributary.Core.Kernel;

namespace Tributary.Server.Hosting;

/// <summary>
/// Slows down whoever tries passwords: after too many wrong ones for an e-mail address, or from one network address, no
/// more are looked at for a while, right or wrong. Addresses nobody has are counted alike, so that nothing can be learned
/// from being locked out. In memory: each server counts its own, and a restart forgets.
/// </summary>
internal sealed class SignInGuard(TimeProvider clock)
{
    public const int PerEmail = 8;
    public const int PerAddress = 60;
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);
    private const int Capacity = 50_000;

    private readonly ConcurrentDictionary<string, Failures> failures = new(StringComparer.Ordinal);

    /// <summary>Refuses while too many failures are young.</summary>
    public void MustBeOpen(string email, string? address)
    {
        if (IsOpen(email, address)) return;
        throw new ProblemException(new(ProblemCode.TooMany, $"Too many wrong passwords. Try again in {Window.TotalMinutes:0} minutes.",
            []));
    }

    /// <summary>Whether another attempt is heard.</summary>
    public bool IsOpen(string email, string? address)
    {
        var now = clock.GetUtcNow();
        return Count(EmailKey(email), now) < PerEmail && Count(AddressKey(address), now) < PerAddress;
    }

    /// <summary>Counts against the account and against the address.</summary>
    public void Failed(string email, string? address)
    {
        var now = clock.GetUtcNow();
        if (failures.Count >= Capacity) Forget(now);
        foreach (var key in new[] { EmailKey(email), AddressKey(address) })
        {
            failures.AddOrUpdate(key, _ => new(1, now), (_, old) => IsOld(old, now) ? new(1, now) : new(old.Count + 1, now));
        }
    }

    /// <summary>The account begins anew; the address keeps its count.</summary>
    public void Succeeded(string email) => failures.TryRemove(EmailKey(email), out _);

    private int Count(string key, DateTimeOffset now) => failures.TryGetValue(key, out var found) && !IsOld(found, now) ? found.Count : 0;

    private void Forget(DateTimeOffset now)
    {
        foreach (var (key, value) in failures)
        {
            if (IsOld(value, now)) failures.TryRemove(key, out _);
        }
        if (failures.Count >= Capacity) failures.Clear();
    }

    // A clock that was set back (the sandbox's can be) must not lock anyone out for longer.
    private static bool IsOld(Failures found, DateTimeOffset now) => (now - found.LastAt).Duration() >= Window;

    private static string EmailKey(string email) => "email " + Folding.Fold(email.Trim());

    private static string AddressKey(string? address) => "address " + address;

    private sealed record Failures(int Count, DateTimeOffset LastAt);
}
