using Tributary.Core.Storage;

namespace Tributary.Core.Keys;

/// <summary>The SQL of the instance's secrets, which belong to no workspace.</summary>
internal static class SecretStore
{
    public static Task<byte[]?> Find(Tx tx, string name) =>
        tx.One<byte[]>("SELECT value FROM instance_secrets WHERE name = @name", new { name });

    public static Task<int> InsertIfAbsent(Tx tx, string name, byte[] value) => tx.Run("""
        INSERT INTO instance_secrets (name, value)
        VALUES (@name, @value)
        ON CONFLICT (name) DO NOTHING
        """, new { name, value });

    public static Task<int> Set(Tx tx, string name, byte[] value) =>
        tx.Run("UPDATE instance_secrets SET value = @value WHERE name = @name", new { name, value });
}
