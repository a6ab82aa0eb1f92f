using Tributary.Core.Catalog;
using Tributary.Server.Demo;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Workspaces;

internal static class WorkspaceWire
{
    public static readonly Wire<Workspace> Workspace = new Wire<Workspace>("Workspace", "One company with all its records.")
        .Uid("uid", w => w.Uid)
        .Text("name", w => w.Name, nullable: false)
        .Text("base_currency", w => w.BaseCurrency, "ISO 4217; what totals are converted to.", nullable: false)
        .Text("time_zone", w => w.TimeZone, "IANA name; decides which day today is.", nullable: false)
        .Word("report_rates", w => Words.Spell(WorkspaceBody.RateWords, w.ReportRates), Words.Spellings(WorkspaceBody.RateWords),
            "Which rates insights convert closed deals at.")
        .Json("settings", new() { ["type"] = "object", ["additionalProperties"] = true }, (json, w) => json.WriteRawValue(w.Settings),
            "What user interfaces keep with the workspace.")
        .Instant("added_at", w => w.AddedAt, TimeStyle.IsoMilliseconds);

    public static readonly Wire<SampleReport> Sample = new Wire<SampleReport>("SampleReport", "What was added to look around with.")
        .Whole("organizations", r => r.Organizations)
        .Whole("persons", r => r.Persons)
        .Whole("deals", r => r.Deals)
        .Whole("activities", r => r.Activities);

    public static readonly Wire<Usage> Usage = new Wire<Usage>("Usage", "How much of what is limited is used.")
        .Whole("requests", u => u.Requests.Used, "Requests of this credential in the present window, this one included.")
        .Whole("requests_limit", u => u.Requests.Limit, "Requests that a window takes.")
        .Whole("window_seconds", u => u.Requests.WindowSeconds)
        .Whole("users", u => u.Catalog.Users.Count(user => user.IsActive), "Active ones.")
        .Whole("pipelines", u => u.Catalog.Pipelines.Count)
        .Whole("stages", u => u.Catalog.Stages.Count)
        .Whole("fields", u => u.Catalog.Fields.Count, "Custom fields.")
        .Whole("labels", u => u.Catalog.Labels.Count)
        .Whole("tags", u => u.Catalog.Tags.Count);
}

/// <summary>What the usage page shows.</summary>
internal sealed record Usage(RequestWindow Requests, WorkspaceCatalog Catalog);
