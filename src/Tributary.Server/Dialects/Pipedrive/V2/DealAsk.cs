using Tributary.Core.Catalog;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V2;

/// <summary>How much is shown of a deal. What include_fields adds costs nothing: it is kept with the deal.</summary>
internal static class DealAsk
{
    private static readonly RecordAsk Ask = new("deal",
        "next_activity_id", "last_activity_id", "first_won_time", "products_count", "files_count", "notes_count", "followers_count",
        "email_messages_count", "activities_count", "done_activities_count", "undone_activities_count", "participants_count",
        "last_incoming_mail_time", "last_outgoing_mail_time", "smart_bcc_email", "source_lead_id");

    public static IReadOnlyList<Member> Parameters => Ask.Parameters;

    /// <summary>Of archived deals no labels can be asked for.</summary>
    public static IReadOnlyList<Member> FewParameters => Ask.FewParameters;

    /// <summary>Reads them, and refuses what was wrong with the parameters read so far.</summary>
    public static Task<RecordSelection> Read(Call call) => Ask.Read(call);

    /// <summary>What is shown when nobody asks for more or less.</summary>
    public static RecordSelection All(WorkspaceCatalog catalog) => RecordAsk.Selection(catalog, "deal", default);
}
