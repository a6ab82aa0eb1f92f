using Tributary.Core.Currencies;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Currencies;

internal static class CurrencyRoutes
{
    private static readonly Member<string> Code = Members.Text("code", "The currency, by its three letters.", 3).InPath();
    private static readonly Member<DateOnly> RateDay = Members.Day("day", "The day of the rate.").InPath();
    private static readonly Member<DateOnly> UpTo = Members.Day("up_to", "The newest rates up to this day.");
    private static readonly Member<long> Limit = Members.Whole("limit", "100 when left out.", 1, 500);
    private static readonly Member<decimal> Amount = Members.Number("amount", "The amount to convert.").Required();
    private static readonly Member<string> From = Members.Text("from", "The currency it is in.", 3).Required();
    private static readonly Member<string> To = Members.Text("to", "The currency wanted.", 3).Required();
    private static readonly Member<DateOnly> On = Members.Day("day", "At the rates of this day; today when left out.");

    private static readonly ShortListing<Currency> Currencies = new(CurrencyWire.Currency, currency => currency.Id)
    {
        Filters =
        [
            ShortFilter<Currency>.Of(Members.Flag("is_active", "Active or inactive currencies; all when left out."),
                (currency, active) => currency.IsActive == active),
            ShortFilter<Currency>.Of(Members.Flag("is_custom", "The workspace's own, or ISO 4217's."),
                (currency, custom) => currency.IsCustom == custom),
        ],
        Sorts = new Dictionary<string, Func<Currency, IComparable?>>
        {
            ["id"] = c => c.Id,
            ["code"] = c => c.Code,
            ["name"] = c => c.Name,
            ["rate"] = c => c.Rate,
        },
    };

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/currencies", "listCurrencies", List)
        {
            Tag = "Currencies", Summary = "List currencies", Parameters = Currencies.Parameters, Answer = Currencies,
        },
        new("POST", "/currencies", "createCurrency", Create)
        {
            Tag = "Currencies", Summary = "Add a currency of the workspace's own", Body = CurrencyBody.New, Status = 201,
            Answer = CurrencyWire.Currency,
        },
        new("GET", "/currencies/convert", "convertAmount", Convert)
        {
            Tag = "Currencies", Summary = "Convert an amount at the rates of a day", Parameters = [Amount, From, To, On],
            Answer = CurrencyWire.Conversion,
        },
        new("POST", "/currencies/rates", "setRates", SetRates)
        {
            Tag = "Currencies", Summary = "Say what currencies are worth", Body = CurrencyBody.NewRates, Status = 204,
        },
        new("GET", "/currencies/{code}", "getCurrency", Get)
        {
            Tag = "Currencies", Summary = "Get a currency", Parameters = [Code, Selection.Fields], Answer = CurrencyWire.Currency,
        },
        new("PATCH", "/currencies/{code}", "updateCurrency", Update)
        {
            Tag = "Currencies", Summary = "Change or deactivate a currency", Parameters = [Code], Body = CurrencyBody.Patch,
            Answer = CurrencyWire.Currency,
        },
        new("GET", "/currencies/{code}/rates", "listRates", ListRates)
        {
            Tag = "Currencies", Summary = "List the rates of a currency, newest first", Parameters = [Code, UpTo, Limit],
            Answer = new ListOf("CurrencyRates", CurrencyWire.Rate),
        },
        new("DELETE", "/currencies/{code}/rates/{day}", "deleteRate", DeleteRate)
        {
            Tag = "Currencies", Summary = "Take the rate of a day away", Parameters = [Code, RateDay], Status = 204,
        },
    ];

    private static Task<Reply> List(Call call) =>
        Currencies.Answer(call, () => call.Service<CurrencyService>().List(call.Caller, null, call.Ct));

    private static async Task<Reply> Create(Call call)
    {
        call.Caller.MustAdminister("currencies");
        return Reply.Json(CurrencyWire.Currency, await call.Service<CurrencyService>()
            .Add(call.Caller, await call.Read(CurrencyBody.ReadNew), call.Ct), status: 201);
    }

    private static async Task<Reply> Get(Call call)
    {
        var code = call.Path(Code, "currency");
        var only = Selection.Read(call, CurrencyWire.Currency);
        call.Checked();
        return Reply.Json(CurrencyWire.Currency, await call.Service<CurrencyService>().Get(call.Caller, code, call.Ct), only: only);
    }

    private static async Task<Reply> Update(Call call)
    {
        call.Caller.MustAdminister("currencies");
        var code = call.Path(Code, "currency");
        return Reply.Json(CurrencyWire.Currency, await call.Service<CurrencyService>()
            .Update(call.Caller, code, await call.Read(CurrencyBody.Read), call.Ct));
    }

    private static async Task<Reply> Convert(Call call)
    {
        var (amount, from, to) = (call.Query(Amount), call.Query(From), call.Query(To));
        var day = call.Query(On, call.Service<Db>().Today());
        call.Checked();
        try
        {
            var converted = await call.Service<CurrencyService>().Convert(call.Caller, amount.Value, from.Value, to.Value, day, call.Ct);
            return Reply.Json(CurrencyWire.Conversion,
                new(amount.Value, from.Value.ToUpperInvariant(), to.Value.ToUpperInvariant(), day, converted));
        }
        catch (ProblemException refused) when (refused.Problem.Code is ProblemCode.Invalid)
        {
            throw Problem.Invalid([.. refused.Problem.Fields.Select(field => field with { In = "query" })]);
        }
    }

    private static async Task<Reply> SetRates(Call call)
    {
        call.Caller.MustAdminister("currencies");
        await call.Service<CurrencyService>().SetRates(call.Caller, await call.Read(CurrencyBody.ReadRates), call.Ct);
        return Reply.Empty();
    }

    private static async Task<Reply> ListRates(Call call)
    {
        var code = call.Path(Code, "currency");
        var (upTo, limit) = (call.Query(UpTo), call.Query(Limit, 100));
        call.Checked();
        return ListOf.Reply(CurrencyWire.Rate, await call.Service<CurrencyService>()
            .Rates(call.Caller, code, upTo.IsSet ? upTo.Value : null, (int)limit, call.Ct));
    }

    private static async Task<Reply> DeleteRate(Call call)
    {
        call.Caller.MustAdminister("currencies");
        await call.Service<CurrencyService>().RemoveRate(call.Caller, call.Path(Code, "currency"), call.Path(RateDay, "rate"), call.Ct);
        return Reply.Empty();
    }
}
