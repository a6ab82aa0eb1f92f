using Tributary.Core.Currencies;
using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Currencies;

public sealed class CurrencyServiceTests
{
    private static readonly DateOnly Today = new(2026, 11, 20);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    // Pipedrive, "Get all supported currencies": term searches by name or code.
    [Theory, OnBothBackends]
    public async Task Currencies_are_found_by_code_or_name(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var currencies = new CurrencyService(some.Db);

        Assert.Equal(["SEK"], (await currencies.List(some.Member, "swedish", Ct)).Select(currency => currency.Code));
        Assert.Equal(["CHF"], (await currencies.List(some.Member, "chf", Ct)).Select(currency => currency.Code));
        Assert.True((await currencies.List(some.Member, null, Ct)).Count > 140);
    }

    [Theory, OnBothBackends]
    public async Task A_workspace_adds_currencies_of_its_own_and_switches_any_but_its_base_off(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var currencies = new CurrencyService(some.Db);

        var points = await currencies.Add(some.Admin, new() { Code = "pts", Name = "Points", Decimals = 0 }, Ct);
        var renamed = await currencies.Update(some.Admin, "PTS", new() { Name = "Loyalty points", IsActive = false }, Ct);
        var off = await currencies.Update(some.Admin, "SEK", new() { IsActive = false }, Ct);

        Assert.Equal(("PTS", "PTS", 0, true, true), (points.Code, points.Symbol, points.Decimals, points.IsActive, points.IsCustom));
        Assert.Equal(("Loyalty points", false), (renamed.Name, renamed.IsActive));
        Assert.Equal((false, renamed), (off.IsActive, await currencies.Get(some.Member, "pts", Ct)));
        Assert.Equal(ProblemCode.Conflict, await Refused(() => currencies.Update(some.Admin, "EUR", new() { IsActive = false }, Ct)));
        Assert.Equal(ProblemCode.Conflict, await Refused(() => currencies.Add(some.Admin, new() { Code = "USD", Name = "Mine" }, Ct)));
        Assert.Equal(ProblemCode.Invalid, await Refused(() => currencies.Update(some.Admin, "USD", new() { Symbol = "US" }, Ct)));
        Assert.Equal(ProblemCode.Forbidden, await Refused(() => currencies.Add(some.Manager, new() { Code = "MYN", Name = "Mine" }, Ct)));
        Assert.Equal(ProblemCode.NotFound, await Refused(() => currencies.Get(some.Outsider, "PTS", Ct)));
    }

    [Theory, OnBothBackends]
    public async Task Amounts_convert_at_the_rate_of_their_day(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var currencies = new CurrencyService(some.Db);
        await currencies.SetRates(some.Admin,
            [new("USD", Today.AddDays(-10), 0.9m, "ecb"), new("USD", Today, 0.8m, "ecb"), new("GBP", Today.AddDays(-5), 1.2m, "ecb")], Ct);

        Assert.Equal(90m, await currencies.Convert(some.Member, 100, "USD", "EUR", Today.AddDays(-1), Ct));
        Assert.Equal(80m, await currencies.Convert(some.Member, 100, "usd", "eur", Today, Ct));
        Assert.Equal(75m, await currencies.Convert(some.Member, 100, "USD", "GBP", Today.AddDays(-2), Ct));
        Assert.Equal(1.1111m, await currencies.Convert(some.Member, 1, "EUR", "USD", Today.AddDays(-1), Ct));
        Assert.Equal(7m, await currencies.Convert(some.Member, 7, "JPY", "JPY", Today, Ct));
        Assert.Null(await currencies.Convert(some.Member, 100, "USD", "EUR", Today.AddDays(-11), Ct));
        Assert.Null(await currencies.Convert(some.Member, 100, "JPY", "EUR", Today, Ct));
        Assert.Equal(0.8m, (await currencies.Get(some.Member, "USD", Ct)).Rate);
    }

    [Theory, OnBothBackends]
    public async Task Rates_can_be_read_back_corrected_and_taken_away_and_the_log_says_so(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var currencies = new CurrencyService(some.Db);
        await currencies.SetRates(some.Admin, [new("USD", Today.AddDays(-1), 0.9m, "typed"), new("USD", Today, 0.7m, "typed")], Ct);

        await currencies.SetRates(some.Admin, [new("USD", Today, 0.12345678m, "corrected")], Ct);
        var both = await currencies.Rates(some.Member, "USD", null, 10, Ct);
        await currencies.RemoveRate(some.Admin, "USD", Today, Ct);
        var one = await currencies.Rates(some.Member, "USD", null, 10, Ct);

        Assert.Equal([new("USD", Today, 0.12345678m, "corrected"), new("USD", Today.AddDays(-1), 0.9m, "typed")], both);
        Assert.Equal([new("USD", Today.AddDays(-1), 0.9m, "typed")], one);
        Assert.Equal(0.9m, (await currencies.Get(some.Member, "USD", Ct)).Rate);
        await using var tx = await some.Db.Read(some.Id, Ct);
        var history = await EventStore.OfSubject(tx, "currency", (await currencies.Get(some.Member, "USD", Ct)).Id, null, 10);
        Assert.Equal([("rate.2026-11-20", "0.12345678", null), ("rate.2026-11-20", "0.7", "0.12345678"), ("rate.2026-11-19", null, "0.9")],
            history.Select(line => (line.Changes[0].Field, line.Changes[0].Old?.GetRawText(), line.Changes[0].New?.GetRawText())));
    }

    [Theory, OnBothBackends]
    public async Task Rates_that_cannot_be_are_refused_together_and_none_is_kept(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var currencies = new CurrencyService(some.Db);
        CurrencyRate[] wrong = [new("USD", Today, 0.9m, "ok"), new("EUR", Today, 1, "base"), new("QQQ", Today, 1, "who"),
            new("GBP", Today.AddDays(1), 0, ""), new("CHF", Today, 5_000_001, "high")];

        var refusal = await Assert.ThrowsAsync<ProblemException>(() => currencies.SetRates(some.Admin, wrong, Ct));

        Assert.Equal(["rates[1].code", "rates[2].code", "rates[3].day", "rates[3].rate", "rates[3].source", "rates[4].rate"],
            refusal.Problem.Fields.Select(field => field.Field));
        Assert.Empty(await currencies.Rates(some.Admin, "USD", null, 10, Ct));
    }

    private static async Task<ProblemCode> Refused(Func<Task> verb) => (await Assert.ThrowsAsync<ProblemException>(verb)).Problem.Code;
}
