using Dapper;
using Tributary.Core.Storage;

namespace Tributary.Core.Currencies;

/// <summary>The SQL of currencies.</summary>
internal static class CurrencyStore
{
    /// <summary>What a new workspace starts with, in one statement: a round trip per currency would be most of the work.</summary>
    public static async Task InsertStandard(Tx tx)
    {
        var ids = await tx.NextIds("currency_ids", IsoCurrencies.All.Count);
        var rows = new List<string>();
        var parameters = new DynamicParameters(new { tx.Workspace, isActive = true, isCustom = false });
        foreach (var (iso, id) in IsoCurrencies.All.Zip(ids))
        {
            rows.Add($"(@Workspace, @id{iso.Code}, @uid{iso.Code}, @code{iso.Code}, @name{iso.Code}, @symbol{iso.Code}, @decimals{iso.Code}, @isActive, @isCustom)");
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
}
