using Tributary.Core.Currencies;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Currencies;

internal static class CurrencyBody
{
    public static readonly Member<string> Code = Members.Text("code", "Three letters.", 3);
    private static readonly Member<string> Name = Members.Name("name", "1 to 100 characters.", 100);
    private static readonly Member<string> Symbol = Members.Text("symbol", "1 to 10 characters; the code when left out.", 10);
    private static readonly Member<long> Decimals = Members.Whole("decimals", "2 when left out.", 0, 4);
    private static readonly Member<bool> IsActive = Members.Flag("is_active", "Inactive currencies are not offered; records keep them.");
    private static readonly Member<DateOnly> Day = Members.Day("day", "The first day it holds; not after today.");
    private static readonly Member<decimal> Rate =
        Members.Number("rate", "How much of the base currency one unit is worth.", 0.0000001m, 5_000_000m);
    private static readonly Member<string> Source = Members.Text("source", "Who said so; \"manual\" when left out.", 100);

    private static readonly Member<Seq<CurrencyRate>> Rates =
        Members.List("rates", "Rates that replace those of the same currency and day: all of them or none.",
        Members.Object("", "", new("NewCurrencyRate", Code.Required(), Day.Required(), Rate.Required(), Source), ReadRate), 1000);

    public static readonly Shape New = new("NewCurrency", Code.Required(), Name.Required(), Symbol, Decimals);
    public static readonly Shape Patch = new("CurrencyPatch", Name, Symbol, Decimals, IsActive);
    public static readonly Shape NewRates = new("NewCurrencyRates", Rates.Required());

    public static NewCurrency ReadNew(Body body) => new()
    {
        Code = body.Get(Code).Or(""),
        Name = body.Get(Name).Or(""),
        Symbol = body.Get(Symbol).Or(null!),
        Decimals = (int)body.Get(Decimals).Or(2),
    };

    public static CurrencyPatch Read(Body body) => new()
    {
        Name = body.Get(Name),
        Symbol = body.Get(Symbol),
        Decimals = body.Get(Decimals).As(decimals => (int)decimals),
        IsActive = body.Get(IsActive),
    };

    public static Seq<CurrencyRate> ReadRates(Body body) => body.Get(Rates).Or([]);

    private static CurrencyRate ReadRate(Body body) =>
        new(body.Get(Code).Or(""), body.Get(Day).Or(default), body.Get(Rate).Or(0), body.Get(Source).Or("manual"));
}
