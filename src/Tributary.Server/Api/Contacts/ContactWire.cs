using Tributary.Core.Contacts;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Contacts;

/// <summary>How our own API spells what persons and organizations share: counts, and pairs that may be one.</summary>
internal static class ContactWire
{
    public static readonly Wire<ContactCounts> Counts =
        new Wire<ContactCounts>("ContactCounts", "How much hangs on a contact; deals are live ones.")
        .Whole("id", c => c.Id)
        .Whole("open_deals", c => c.OpenDeals)
        .Whole("won_deals", c => c.WonDeals)
        .Whole("lost_deals", c => c.LostDeals)
        .Whole("closed_deals", c => c.ClosedDeals)
        .Whole("participant_open_deals", c => c.ParticipantOpenDeals,
            "Of persons: deals in which they take part without being their person.")
        .Whole("participant_closed_deals", c => c.ParticipantClosedDeals)
        .Whole("persons", c => c.Persons, "Of organizations.")
        .Whole("activities", c => c.Activities)
        .Whole("done_activities", c => c.DoneActivities)
        .Whole("undone_activities", c => c.UndoneActivities)
        .Whole("next_activity_id", c => c.NextActivityId)
        .Whole("last_activity_id", c => c.LastActivityId)
        .Whole("notes", c => c.Notes)
        .Whole("files", c => c.Files);

    private static readonly Wire<Contact> Contact = new Wire<Contact>("ContactName", "A person or an organization, in brief.")
        .Whole("id", c => c.Id)
        .Uid("uid", c => c.Uid)
        .Text("name", c => c.Name, nullable: false)
        .Text("email", c => c.Email)
        .Text("phone", c => c.Phone);

    public static readonly Wire<DuplicatePair> Duplicate =
        new Wire<DuplicatePair>("DuplicatePair", "Two records that may be one, the older first.")
        .Object("first", p => p.First, Contact)
        .Object("second", p => p.Second, Contact)
        .Texts("reasons", p => p.Reasons, "name, and what else agrees.");

    /// <summary>{"survivor_id": 7}: the record that stays.</summary>
    public static readonly Member<long> SurvivorId =
        Members.Id("survivor_id", "The record that stays; the one of the path goes.").Required();
    public static readonly Shape Merge = new("Merge", SurvivorId);

    public static Task<long> ReadSurvivor(Call call) => call.Read(body => body.Get(SurvivorId).Or(0));
}
