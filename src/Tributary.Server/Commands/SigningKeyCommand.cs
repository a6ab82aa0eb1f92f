using System.CommandLine;
using System.Security.Cryptography;
using Tributary.Core.Keys;
using Tributary.Core.Storage;

namespace Tributary.Server.Commands;

/// <summary>"tributary signing-key": the key of this installation that signs apps' access tokens.</summary>
internal static class SigningKeyCommand
{
    public static Command Command() => new("signing-key", """
        Sign the access tokens of apps with another key.

        Examples:
          tributary signing-key rotate
        """)
    {
        Rotate(),
    };

    public static async Task<int> Rotate(Terminal terminal, Db db, CancellationToken ct)
    {
        await new InstanceSecrets(db, RandomNumberGenerator.Fill).RotateTokenKeys(ct);
        terminal.Line("Access tokens are signed with a new key. Those of the former key stay good until they expire; rotate again to end them now.");
        return Outcome.Done;
    }

    private static Command Rotate()
    {
        var command = new Command("rotate", "Make a new key, on every server of this database. The former one verifies until the next time.");
        command.SetAction((parsed, ct) => Databases.Use(db => Rotate(Terminal.Current, db, ct), ct));
        return command;
    }
}
