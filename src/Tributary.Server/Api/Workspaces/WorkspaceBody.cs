using System.Text.Json;
using Tributary.Core.Currencies;
using Tributary.Core.Workspaces;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Workspaces;

internal static class WorkspaceBody
{
    private static readonly Member<string> Name = Members.Name("name", "1 to 200 characters.", 200);
    private static readonly Member<string> BaseCurrency =
        Members.Text("base_currency", "An active currency; it cannot change while rates are stored.", 3);
    private static readonly Member<string> TimeZone = Members.Text("time_zone", "An IANA name such as Europe/Berlin.", 100);
    public static readonly (string, ReportRates)[] RateWords = [("today", ReportRates.Today), ("locked", ReportRates.Locked)];

    private static readonly Member<ReportRates> Rates =
        Members.Word("report_rates", "Which rates insights convert closed deals at: today's, or those of the day they closed.", RateWords);
    private static readonly Member<JsonElement> Settings = Members.JsonObject("settings", "Replaces the former settings.");

    public static readonly Shape Patch = new("WorkspacePatch", Name, BaseCurrency, TimeZone, Rates, Settings);

    public static WorkspacePatch Read(Body body) => new()
    {
        Name = body.Get(Name),
        BaseCurrency = body.Get(BaseCurrency),
        TimeZone = body.Get(TimeZone),
        ReportRates = body.Get(Rates),
        Settings = body.Get(Settings).As(settings => settings.GetRawText()),
    };
}
