using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V2;

/// <summary>The parameters that say how much is shown of a deal: include_fields, custom_fields, include_option_labels, include_labels.</summary>
internal static class DealAsk
{
    private static readonly (string, DealExtras)[] Extras =
    [
        ("next_activity_id", DealExtras.NextActivityId), ("last_activity_id", DealExtras.LastActivityId), ("first_won_time", DealExtras.FirstWonTime), ("products_count", DealExtras.ProductsCount),
        ("files_count", DealExtras.FilesCount), ("notes_count", DealExtras.NotesCount), ("followers_count", DealExtras.FollowersCount), ("email_messages_count", DealExtras.EmailMessagesCount),
        ("activities_count", DealExtras.ActivitiesCount), ("done_activities_count", DealExtras.DoneActivitiesCount), ("undone_activities_count", DealExtras.UndoneActivitiesCount),
        ("participants_count", DealExtras.ParticipantsCount), ("last_incoming_mail_time", DealExtras.LastIncomingMailTime), ("last_outgoing_mail_time", DealExtras.LastOutgoingMailTime),
        ("smart_bcc_email", DealExtras.SmartBccEmail), ("source_lead_id", DealExtras.SourceLeadId),
    ];

    private static readonly Member<Seq<DealExtras>> IncludeFields = Members.List("include_fields", "More members to show, comma-separated.", Members.Word("", "", Extras));
    private static readonly Member<bool> IncludeOptionLabels = Members.Flag("include_option_labels", "true shows options of enum and set fields as {\"id\",\"label\"}.");
    private static readonly Member<bool> IncludeLabels = Members.Flag("include_labels", "true shows the names of the deal's labels.");

    public static readonly IReadOnlyList<Member> Parameters = [IncludeFields, CustomFields.Keys, IncludeOptionLabels, IncludeLabels];

    /// <summary>Of archived deals no labels can be asked for.</summary>
    public static readonly IReadOnlyList<Member> FewParameters = [IncludeFields, CustomFields.Keys];

    /// <summary>Reads them, and refuses what was wrong with the parameters read so far.</summary>
    public static async Task<DealSelection> Read(Call call)
    {
        var (extras, keys) = (call.Query(IncludeFields, []), call.Query(CustomFields.Keys));
        var (optionLabels, labels) = (call.Query(IncludeOptionLabels, false), call.Query(IncludeLabels, false));
        call.Checked();
        return Selection(await call.Service<CatalogService>().Latest(call.Caller, call.Ct), keys) with
        {
            Extras = extras.Aggregate(DealExtras.None, (all, extra) => all | extra),
            HasOptionLabels = optionLabels,
            HasLabels = labels,
        };
    }

    /// <summary>What is shown when nobody asks for more or less.</summary>
    public static DealSelection All(WorkspaceCatalog catalog) => Selection(catalog, default);

    private static DealSelection Selection(WorkspaceCatalog catalog, Field<Seq<string>> keys) =>
        new(catalog) { Fields = catalog.FieldsOf("deal").Any() ? CustomFields.Shown(catalog, "deal", keys) : null };
}
