using Tributary.Core.Storage;

namespace Tributary.Core.Currencies;

/// <summary>The SQL of currencies.</summary>
internal static class CurrencyStore
{
    private static readonly string[] Own = ["id", "uid", "code", "name", "symbol", "decimals"];

    /// <summary>What a new workspace starts with, in one statement: a round trip per currency would be most of the work.</summary>
    public static async Task InsertStandard(Tx tx)
    {
        var ids = await tx.NextIds("currency_ids", IsoCurrencies.All.Count);
        var rows = new List<string>();
        var parameters = new SqlValues { { "Workspace", tx.Workspace }, { "isActive", true }, { "isCustom", false } };
        foreach (var (iso, id) in IsoCurrencies.All.Zip(ids))
        {
            var own = string.Join(", ", Own.Select(name => $"@{name}{iso.Code}"));
            rows.Add($"(@Workspace, {own}, @isActive, @isCustom)");
            parameters.Add($"id{iso.Code}", id);
            parameters.Add($"uid{iso.Code}", tx.NextUid());
            parameters.Add($"code{iso.Code}", iso.Code);
            parameters.Add($"name{iso.Code}", iso.Name);
            parameters.Add($"symbol{iso.Code}", iso.Symbol);
            parameters.Add($"decimals{iso.Code}", (long)iso.Decimals);
        }
        await tx.Run($"""
            INSERT INTO currencies (workspace_id, id, uid, code, name, symbol, decimals, is_active, is_custom)
            VALUES {string.Join(", ", rows)}
            """, parameters);
    }

    public static Task Insert(Tx tx, Currency currency) => tx.Run("""
        INSERT INTO currencies (workspace_id, id, uid, code, name, symbol, decimals, is_active, is_custom)
        VALUES (@Workspace, @Id, @Uid, @Code, @Name, @Symbol, @Decimals, @IsActive, @IsCustom)
        """, Row(tx, currency));

    public static Task Update(Tx tx, Currency currency) => tx.Run("""
        UPDATE currencies SET name = @Name, symbol = @Symbol, decimals = @Decimals, is_active = @IsActive
        WHERE workspace_id = @Workspace AND id = @Id
        """, Row(tx, currency));

    public static Task PutRate(Tx tx, CurrencyRate rate) => tx.Run("""
        INSERT INTO currency_rates (workspace_id, code, day, rate_e8, source)
        VALUES (@Workspace, @Code, @Day, @rateE8, @Source)
        ON CONFLICT (workspace_id, code, day) DO UPDATE SET rate_e8 = excluded.rate_e8, source = excluded.source
        """, new { tx.Workspace, rate.Code, rate.Day, rateE8 = (long)decimal.Round(rate.Rate * E8, MidpointRounding.ToEven), rate.Source });

    public static Task DeleteRate(Tx tx, string code, DateOnly day) =>
        tx.Run("DELETE FROM currency_rates WHERE workspace_id = @Workspace AND code = @code AND day = @day",
            new { tx.Workspace, code, day });

    /// <summary>The rate set for exactly that day.</summary>
    public static async Task<decimal?> RateOn(Tx tx, string code, DateOnly day) => await tx.One<long?>(
        "SELECT rate_e8 FROM currency_rates WHERE workspace_id = @Workspace AND code = @code AND day = @day",
        new { tx.Workspace, code, day }) / E8;

    /// <summary>Newest first.</summary>
    public static async Task<IReadOnlyList<CurrencyRate>> Rates(Tx tx, string code, DateOnly upTo, int limit)
    {
        var rows = await tx.Many<RateRow>("""
            SELECT day, rate_e8, source
            FROM currency_rates
            WHERE workspace_id = @Workspace AND code = @code AND day <= @upTo
            ORDER BY day DESC
            LIMIT @limit
            """, new { tx.Workspace, code, upTo, limit });
        return [.. rows.Select(row => new CurrencyRate(code, row.Day, row.RateE8 / E8, row.Source))];
    }

    private const decimal E8 = 100_000_000m;

    private static object Row(Tx tx, Currency currency) => new
    {
        tx.Workspace,
        currency.Id,
        currency.Uid,
        currency.Code,
        currency.Name,
        currency.Symbol,
        currency.Decimals,
        currency.IsActive,
        currency.IsCustom,
    };

    private sealed record RateRow
    {
        public DateOnly Day { get; init; }
        public long RateE8 { get; init; }
        public required string Source { get; init; }
    }
}
