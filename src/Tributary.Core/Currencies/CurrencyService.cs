using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Core.Storage;
using Tributary.Core.Users;

namespace Tributary.Core.Currencies;

/// <summary>The verbs of currencies and their rates. Everyone reads them; admins change them.</summary>
public sealed class CurrencyService(Db db)
{
    private const int MaxHistory = 1000;

    /// <summary>Every currency, or those whose code or name contains the term; inactive ones included.</summary>
    public async Task<IReadOnlyList<Currency>> List(Caller caller, string? term, CancellationToken ct)
    {
        caller.MustRead("currencies");
        await using var tx = await db.Read(caller.Workspace, ct);
        var all = (await tx.Catalog()).Currencies;
        var folded = Folding.Fold(term ?? "");
        return folded.Length == 0
            ? all : [.. all.Where(currency => Folding.Fold($"{currency.Code} {currency.Name}").Contains(folded, StringComparison.Ordinal))];
    }

    public async Task<Currency> Get(Caller caller, string code, CancellationToken ct)
    {
        caller.MustRead("currencies");
        await using var tx = await db.Read(caller.Workspace, ct);
        return Find(await tx.Catalog(), code);
    }

    public async Task<Currency> Add(Caller caller, NewCurrency given, CancellationToken ct)
    {
        caller.MustAdminister("currencies");
        await using var tx = await db.Write(caller.Workspace, ct);
        await UserStore.LockWorkspace(tx);

        var currency = CurrencyRules.New(given, await tx.Catalog(), await tx.NextId("currency_ids"), tx.NextUid());
        await CurrencyStore.Insert(tx, currency);
        await tx.CatalogHasChanged();
        await EventStore.Append(tx, caller, CurrencyHistory.Between(null, currency));
        await tx.Commit();
        return currency;
    }

    /// <summary>Changes what the patch names; what would change nothing is neither stored nor logged.</summary>
    public async Task<Currency> Update(Caller caller, string code, CurrencyPatch patch, CancellationToken ct)
    {
        caller.MustAdminister("currencies");
        await using var tx = await db.Write(caller.Workspace, ct);
        await UserStore.LockWorkspace(tx);

        var catalog = await tx.Catalog();
        var before = Find(catalog, code);
        var after = CurrencyRules.Apply(before, patch, catalog.Workspace.BaseCurrency);
        if (after == before) return before;

        await CurrencyStore.Update(tx, after);
        await tx.CatalogHasChanged();
        await EventStore.Append(tx, caller, CurrencyHistory.Between(before, after));
        await tx.Commit();
        return after;
    }

    /// <summary>Sets rates, replacing those of the same currency and day. All of them or none.</summary>
    public async Task SetRates(Caller caller, IReadOnlyList<CurrencyRate> rates, CancellationToken ct)
    {
        caller.MustAdminister("currencies");
        await using var tx = await db.Write(caller.Workspace, ct);
        await UserStore.LockWorkspace(tx);

        var catalog = await tx.Catalog();
        foreach (var ofOne in CurrencyRules.Rates(rates, catalog, DateOnly.FromDateTime(tx.Now.UtcDateTime)).GroupBy(rate => rate.Code))
        {
            var changes = new List<(DateOnly, decimal?, decimal?)>();
            foreach (var rate in ofOne)
            {
                changes.Add((rate.Day, await CurrencyStore.RateOn(tx, rate.Code, rate.Day), rate.Rate));
                await CurrencyStore.PutRate(tx, rate);
            }
            await EventStore.Append(tx, caller, CurrencyHistory.Rates(Find(catalog, ofOne.Key), changes));
        }
        await tx.CatalogHasChanged();
        await tx.Commit();
    }

    /// <summary>Takes the rate of a day away; the one before it holds again.</summary>
    public async Task RemoveRate(Caller caller, string code, DateOnly day, CancellationToken ct)
    {
        caller.MustAdminister("currencies");
        await using var tx = await db.Write(caller.Workspace, ct);

        var currency = Find(await tx.Catalog(), code);
        var old = await CurrencyStore.RateOn(tx, currency.Code, day) ?? throw Problem.NotFound("rate", $"{currency.Code} {day:yyyy-MM-dd}");
        await CurrencyStore.DeleteRate(tx, currency.Code, day);
        await tx.CatalogHasChanged();
        await EventStore.Append(tx, caller, CurrencyHistory.Rates(currency, [(day, old, null)]));
        await tx.Commit();
    }

    /// <summary>The rates of a currency, newest first, up to a day.</summary>
    public async Task<IReadOnlyList<CurrencyRate>> Rates(Caller caller, string code, DateOnly? upTo, int limit, CancellationToken ct)
    {
        caller.MustRead("currencies");
        await using var tx = await db.Read(caller.Workspace, ct);
        return await CurrencyStore.Rates(tx, Find(await tx.Catalog(), code).Code, upTo ?? DateOnly.MaxValue,
            Math.Clamp(limit, 1, MaxHistory));
    }

    /// <summary>An amount in another currency at the rates of a day; none when nobody said them by then.</summary>
    public async Task<decimal?> Convert(Caller caller, decimal amount, string from, string to, DateOnly day, CancellationToken ct)
    {
        caller.MustRead("currencies");
        var checks = new Checks();
        checks.Amount("amount", amount);
        checks.Done();
        await using var tx = await db.Read(caller.Workspace, ct);

        var catalog = await tx.Catalog();
        var (source, target) = (Find(catalog, from).Code, Find(catalog, to).Code);
        if (source == target) return amount;
        if (await Rate(source) is not { } sold || await Rate(target) is not { } bought) return null;
        return decimal.Round(amount * sold / bought, 4, MidpointRounding.ToEven);

        async Task<decimal?> Rate(string code) => code == catalog.Workspace.BaseCurrency
            ? 1m : (await CurrencyStore.Rates(tx, code, day, 1)) is [var latest] ? latest.Rate : null;
    }

    private static Currency Find(WorkspaceCatalog catalog, string code) =>
        catalog.Currency(code?.Trim().ToUpperInvariant() ?? "") ?? throw Problem.NotFound("currency", code ?? "");
}
