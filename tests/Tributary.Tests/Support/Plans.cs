using Tributary.Core.Storage;

namespace Tributary.Tests.Support;

/// <summary>How a backend would run a statement, as text; hot queries have a test that it names their index.</summary>
internal static class Plans
{
    /// <summary>PostgreSQL would rather read a table of a test's size whole, so it is told not to.</summary>
    public static async Task<string> Of(Tx tx, string text, object parameters)
    {
        if (!tx.Sql.IsPostgres) return string.Join('\n', (await tx.Many<Line>($"EXPLAIN QUERY PLAN {text}", parameters)).Select(line => line.Detail));

        await tx.Run("SET LOCAL enable_seqscan = off", new { });
        return string.Join('\n', await tx.Many<string>($"EXPLAIN {text}", parameters));
    }

    private sealed record Line
    {
        public string Detail { get; init; } = "";
    }
}
