using Tributary.Core.Catalog;
using Tributary.Core.Contacts;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V2;

/// <summary>What persons and organizations are made of alike: ways to reach them, an address, labels, counts.</summary>
internal static class ContactParts
{
    private static readonly Member<string> Value = Members.Text("value", "", 254);
    private static readonly Member<bool> Primary = Members.Flag("primary", "Without one, the first is it.");
    private static readonly Member<string> PointLabel = Members.Text("label", "work, home, …", 255);

    private static readonly Member<string>[] Parts =
        [.. new[] { "value", "country", "admin_area_level_1", "admin_area_level_2", "locality", "sublocality", "route", "street_number",
            "subpremise", "postal_code" }.Select(name => Members.Text(name, "", name is "value" ? 1000 : 255).Nullable())];

    public static readonly Member<long> OwnerId = Members.Id("owner_id", "The caller when left out.");
    public static readonly Member<long> VisibleTo =
        Members.Whole("visible_to", "1 owner and followers, 3 the owner's group, 5 that group and those below it, 7 everyone.");
    public static readonly Member<Seq<long>> LabelIds = Members.List("label_ids", "", Members.Id("", "")).Nullable();
    public static readonly Member<DateTimeOffset> AddTime = Moments.Member("add_time", "When it was added, RFC 3339.");

    public static readonly Wire<ContactPoint> Point =
        new Wire<ContactPoint>("ContactPoint").Text("value", p => p.Value, nullable: false).Flag("primary", p => p.Primary)
        .Text("label", p => p.Label, nullable: false);

    public static readonly Wire<PostalAddress> Address = new Wire<PostalAddress>("Address")
        .Text("value", a => a.Value)
        .Text("country", a => a.Country)
        .Text("admin_area_level_1", a => a.AdminAreaLevel1)
        .Text("admin_area_level_2", a => a.AdminAreaLevel2)
        .Text("locality", a => a.Locality)
        .Text("sublocality", a => a.Sublocality)
        .Text("route", a => a.Route)
        .Text("street_number", a => a.StreetNumber)
        .Text("subpremise", a => a.Subpremise)
        .Text("postal_code", a => a.PostalCode);

    public static readonly Wire<(long Id, string? Name)> Label =
        new Wire<(long Id, string? Name)>("RecordLabel").Whole("id", l => l.Id).Text("label", l => l.Name);

    public static Member<Seq<ContactPoint>> Points(string name) => Members.List(name, "The whole list.",
        Members.Object("", "", new("ContactPointBody", Value.Required(), Primary, PointLabel),
            body => new ContactPoint(body.Get(Value).Or(""), body.Get(PointLabel).Or(""), body.Get(Primary).Or(false)))).Nullable();

    /// <summary>The whole address: parts that are left out are gone.</summary>
    public static Member<PostalAddress> AddressMember(string name) =>
        Members.Object(name, "Written whole.", new("AddressBody", Parts), ReadAddress).Nullable();

    public static PostalAddress ReadAddress(Body body)
    {
        var parts = Parts.ToDictionary(part => part.Name, part => body.ClearableText(part).Or(null));
        return new()
        {
            Value = parts["value"],
            Country = parts["country"],
            AdminAreaLevel1 = parts["admin_area_level_1"],
            AdminAreaLevel2 = parts["admin_area_level_2"],
            Locality = parts["locality"],
            Sublocality = parts["sublocality"],
            Route = parts["route"],
            StreetNumber = parts["street_number"],
            Subpremise = parts["subpremise"],
            PostalCode = parts["postal_code"],
        };
    }

    public static IEnumerable<(long, string?)> Labels(WorkspaceCatalog catalog, Seq<long> ids) =>
        ids.Select(id => (id, catalog.Label(id)?.Name));

    /// <summary>What include_fields adds to a contact and its counts hold.</summary>
    /// <param name="wire">The contact's.</param>
    /// <param name="counts">Its counts; none when nothing asked for them.</param>
    /// <param name="shows">Whether include_fields named the member.</param>
    public static Wire<T> WithCounts<T>(this Wire<T> wire, Func<T, ContactCounts?> counts, Func<T, string, bool> shows)
    {
        Whole("open_deals_count", c => c.OpenDeals);
        Whole("related_open_deals_count", c => c.OpenDeals + c.ParticipantOpenDeals);
        Whole("closed_deals_count", c => c.ClosedDeals);
        Whole("related_closed_deals_count", c => c.ClosedDeals + c.ParticipantClosedDeals);
        Whole("won_deals_count", c => c.WonDeals);
        Whole("related_won_deals_count", c => c.WonDeals);
        Whole("lost_deals_count", c => c.LostDeals);
        Whole("related_lost_deals_count", c => c.LostDeals);
        Whole("activities_count", c => c.Activities);
        Whole("done_activities_count", c => c.DoneActivities);
        Whole("undone_activities_count", c => c.UndoneActivities);
        Whole("files_count", c => c.Files);
        Whole("notes_count", c => c.Notes);
        Whole("followers_count", c => c.Followers);
        Whole("email_messages_count", c => c.MailMessages);
        return wire
            .Whole("next_activity_id", row => counts(row)?.NextActivityId, when: row => shows(row, "next_activity_id"))
            .Whole("last_activity_id", row => counts(row)?.LastActivityId, when: row => shows(row, "last_activity_id"));

        void Whole(string name, Func<ContactCounts, long> value) =>
            wire.Whole(name, row => counts(row) is { } known ? value(known) : 0, when: row => shows(row, name));
    }
}
