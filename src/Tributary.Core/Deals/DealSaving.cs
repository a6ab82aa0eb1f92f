using System.Text.Json;
using Tributary.Core.Automations;
using Tributary.Core.Currencies;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Core.Products;
using Tributary.Core.Search;
using Tributary.Core.Storage;
using Tributary.Core.Totals;

namespace Tributary.Core.Deals;

/// <summary>
/// The only way a deal reaches the database. Whatever verb changed it, here the row, the totals, the searchable text, the
/// people who follow from the change and the one line of the log are written together, or none of them.
/// </summary>
internal static class DealSaving
{
    /// <summary>Gives a new deal its ids, number and place, and stores it. The owner follows it, and its person takes part.</summary>
    public static async Task<Deal> Create(Tx tx, Caller caller, Deal deal, DealPatch patch)
    {
        if (patch.Uid.IsSet && await DealStore.Find(tx, patch.Uid.Value) is not null) throw Taken("uid", $"{patch.Uid.Value}");
        var isUsual = deal.Number.Length == 0 && !patch.Id.IsSet && !patch.Position.IsSet;
        var (count, id, last) = isUsual ? await DealStore.NextPlace(tx, deal.AddedAt.UtcDateTime.Year, deal.StageId) : default;
        var number = isUsual ? DealNumber.Of(deal.AddedAt, count)
            : deal.Number.Length > 0 ? await TakeNumber(tx, deal.Number, 0)
            : DealNumber.Of(deal.AddedAt, await DealStore.NextNumber(tx, deal.AddedAt.UtcDateTime.Year));
        var participants = DealRules.Participants(deal.PersonId, patch.ContactIds.Or([]));
        var created = deal with
        {
            Id = isUsual ? id : await tx.IdOf("deal_ids", "deal", patch.Id, DealStore.Find),
            Uid = patch.Uid.IsSet ? patch.Uid.Value : tx.NextUid(),
            Position = isUsual ? AfterLast(last) : patch.Position.IsSet ? patch.Position.Value : await EndOfStage(tx, deal.StageId),
            Number = number,
            Title = deal.IsNameless ? number : deal.Title,
            FollowersCount = deal.OwnerId is null ? 0 : 1,
            ParticipantsCount = participants.Count,
        };
        await DealStore.Insert(tx, created);
        await LockedRateStore.Follow(tx, null, created);
        await TotalsStore.Move(tx, null, created);
        await PutText(tx, null, created);

        var people = new List<Change>();
        if (created.OwnerId is { } owner) people.Add(await DealPeopleStore.Follow(tx, caller, created.Id, owner));
        foreach (var person in participants) people.Add(await DealPeopleStore.TakePart(tx, caller, created.Id, person));
        await EventStore.Append(tx, caller, DealHistory.Created(created, patch.Note, people));
        return created;
    }

    /// <summary>Stores a change that rules have made. <paramref name="after"/> already carries the next version.</summary>
    /// <param name="placed">The caller named its position; otherwise a deal that changes stage goes to the end of it.</param>
    /// <param name="more">What else belongs to the same line of the log, already done.</param>
    /// <param name="action">The log's word for it, when it is not one of the usual.</param>
    /// <param name="contacts">All who take part from now on; left out, who takes part follows from the deal's own person.</param>
    public static async Task<Deal> Change(Tx tx, Caller caller, Deal before, Deal after, string? note = null, bool placed = false,
        IEnumerable<Change>? more = null,
        string? action = null, Field<Seq<long>> contacts = default, bool quietMove = false)
    {
        if (after.StageId != before.StageId && !placed) after = after with { Position = await EndOfStage(tx, after.StageId) };
        if (after.Number != before.Number) await TakeNumber(tx, after.Number, after.Id);

        var people = await PeopleFollow(tx, caller, before, after, contacts);
        people.AddRange(more ?? []);
        after = after with
        {
            FollowersCount = after.FollowersCount + people.Count(change => change is { Field: "follower", New: not null }),
            ParticipantsCount = after.ParticipantsCount + people.Where(change => change.Field == "participant")
                .Sum(change => change.New is null ? -1 : 1),
        };
        await DealStore.Update(tx, after);
        await LockedRateStore.Follow(tx, before, after);
        if (after.Currency != before.Currency && after.ProductsCount > 0) await DealProductStore.SetCurrency(tx, after.Id, after.Currency);
        await TotalsStore.Move(tx, before, after);
        await PutText(tx, before, after);
        var entry = DealHistory.Changed(before, after, note, people);
        await EventStore.Append(tx, caller,
            entry with { Action = action ?? entry.Action, IsQuietMove = quietMove && entry.ToStageId is not null });
        return after;
    }

    /// <summary>
    /// A new owner follows the deal; a new person takes part in it, and the one before leaves unless somebody gave them a part to play.
    /// </summary>
    private static async Task<List<Change>> PeopleFollow(Tx tx, Caller caller, Deal before, Deal after, Field<Seq<long>> contacts)
    {
        var people = new List<Change>();
        if (after.OwnerId is { } owner && owner != before.OwnerId)
        {
            people.AddRange(await DealPeopleStore.AddFollower(tx, caller, after.Id, owner));
        }
        if (contacts.IsSet)
        {
            people.AddRange(await ReplaceContacts(tx, caller, after.Id, DealRules.Participants(after.PersonId, contacts.Value)));
            return people;
        }
        if (after.PersonId == before.PersonId) return people;

        if (before.PersonId is { } old) people.AddRange(await DealPeopleStore.RemovePlainContact(tx, after.Id, old));
        if (after.PersonId is { } @new) people.AddRange(await DealPeopleStore.AddContact(tx, caller, after.Id, @new, role: null));
        return people;
    }

    /// <summary>
    /// The log says who came and who left, and the two lists: unlike a line about people alone, this one raised the deal's version.
    /// </summary>
    private static async Task<IReadOnlyList<Change>> ReplaceContacts(Tx tx, Caller caller, long dealId, Seq<long> wanted)
    {
        Seq<long> there = [.. (await DealPeopleStore.Contacts(tx, [dealId])).Select(contact => contact.PersonId)];
        var changes = new List<Change>();
        foreach (var gone in there.Except(wanted)) changes.AddRange(await DealPeopleStore.RemoveContact(tx, dealId, gone));
        foreach (var come in wanted.Except(there)) changes.AddRange(await DealPeopleStore.AddContact(tx, caller, dealId, come, role: null));
        if (changes.Count > 0)
        {
            changes.Add(new("contact_ids", JsonSerializer.SerializeToElement(there), JsonSerializer.SerializeToElement(wanted)));
        }
        return changes;
    }

    /// <summary>After something that hangs on the deal was written: its counts, dates and day totals follow.</summary>
    public static async Task Touch(Tx tx, long dealId)
    {
        if (await DealStore.FindForUpdate(tx, dealId) is not { } before) return;
        await DealStore.RefreshFacts(tx, dealId);
        await TotalsStore.Move(tx, before, (await DealStore.Find(tx, dealId))!);
    }

    /// <summary>
    /// The same for what moved from one deal to another; both in the order of their ids, so that two writers cannot wait for each other.
    /// </summary>
    public static async Task Touch(Tx tx, long? before, long? after)
    {
        foreach (var dealId in new[] { before, after }.OfType<long>().Distinct().Order()) await Touch(tx, dealId);
    }

    /// <summary>
    /// Takes the deal away for good, with everything that hangs on it and its history. One line of the log says that it was there.
    /// </summary>
    public static async Task Purge(Tx tx, Caller caller, Deal deal)
    {
        await TotalsStore.Move(tx, deal, null);
        await SearchTexts.Forget(tx, "deal", deal.Id);
        await FieldValueStore.Forget(tx, "deal", deal.Id);
        await EventStore.ForgetDeal(tx, deal.Id);
        await DealStore.ForgetSources(tx, deal.Id);
        await RunStore.ForgetDeal(tx, deal.Id);
        await DealStore.Delete(tx, deal.Id);
        await EventStore.Append(tx, caller, DealHistory.Purged(deal));
    }

    /// <summary>Takes persons out of a deal who are about to be purged: what the log says of it, and the deal without them.</summary>
    public static async Task<(Deal Deal, IReadOnlyList<Change> Left)> WithoutPeople(Tx tx, Deal deal, IReadOnlyCollection<long> personIds)
    {
        var left = new List<Change>();
        foreach (var person in personIds) left.AddRange(await DealPeopleStore.RemoveContact(tx, deal.Id, person));
        return (deal.PersonId is { } own && personIds.Contains(own) ? deal with { PersonId = null } : deal, left);
    }

    private static async Task<decimal> EndOfStage(Tx tx, long stageId) => AfterLast(await DealStore.LastPosition(tx, stageId));

    /// <summary>The place behind the last one of a stage.</summary>
    public static decimal AfterLast(long? last) => last is { } units ? Math.Floor(Money.ToAmount(units)) + 1 : 0;

    private static async Task<string> TakeNumber(Tx tx, string number, long exceptId)
    {
        if (await DealStore.NumberTaken(tx, number, exceptId)) throw Taken("number", number);
        if (DealNumber.Parse(number) is var (year, count)) await DealStore.NeverGiveOutNumber(tx, year, count);
        return number;
    }

    private static ProblemException Taken(string field, string value) =>
        Problem.Conflict(new FieldError(field, $"Another deal of this workspace has the {field} {value}."));

    private static async Task PutText(Tx tx, Deal? before, Deal after)
    {
        await SearchTexts.Follow(tx, "deal", after.Id, "title", 0, before?.Title, after.Title);
        await SearchTexts.Follow(tx, "deal", after.Id, "number", 0, before?.Number, after.Number);
        await SearchTexts.Follow(tx, "deal", after.Id, "description", 0, before?.Description, after.Description);
        await CustomText.Put(tx, "deal", after.Id, before?.Custom ?? CustomValues.None, after.Custom);
    }
}
