using Microsoft.AspNetCore.Identity;

namespace Tributary.Server.Hosting;

/// <summary>Hashes and checks passwords with ASP.NET Core's own hasher: PBKDF2, salted, with its parameters inside the hash.</summary>
internal static class Passwords
{
    public const int MinLength = 10;
    public const int MaxLength = 200;

    private static readonly PasswordHasher<object> hasher = new();
    private static readonly object nobody = new();

    /// <summary>Compared with when there is no such user, so that an unknown address costs what a wrong password costs.</summary>
    private static readonly Lazy<string> nobodysHash = new(() => Hash("nobody's"));

    /// <summary>Salted, and slow on purpose; says itself how it was made.</summary>
    public static string Hash(string password) => hasher.HashPassword(nobody, password);

    /// <summary>Takes as long without a hash as with one.</summary>
    public static bool Fits(string? hash, string password) =>
        password.Length <= MaxLength && hasher.VerifyHashedPassword(nobody, hash ?? nobodysHash.Value, password)
        is not PasswordVerificationResult.Failed && hash is not null;
}
