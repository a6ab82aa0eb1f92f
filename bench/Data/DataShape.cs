namespace Tributary.Bench.Data;

/// <summary>How large a data set is: so many workspaces, each with so many deals.</summary>
internal sealed record DataShape(int Workspaces, int Deals)
{
    /// <summary>Raised when the maker makes other rows, so that no run meets those of before.</summary>
    private const int Edition = 3;

    public long All => (long)Workspaces * Deals;

    /// <summary>One person for ten deals, one organization for four persons.</summary>
    public int Persons => Math.Max(10, Deals / 10);
    public int Organizations => Math.Max(1, Persons / 4);

    /// <summary>What the set is called on disk and as a database, with the edition of its rows and tables.</summary>
    public string Name(string schema) => $"tributary_bench_{(Workspaces == 1 ? "" : $"{Workspaces}x")}{Deals}_{EditionOf(schema)}";

    public static string EditionOf(string schema) => $"{schema}{Edition}";
}
