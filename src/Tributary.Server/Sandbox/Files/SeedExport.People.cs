using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Server.Seeding;

namespace Tributary.Server.Sandbox.Files;

/// <summary>Who follows records and who takes part in deals, and by what persons are reached.</summary>
internal sealed partial class SeedExport
{
    /// <summary>By the record's kind and id: the users who follow it.</summary>
    private sealed record People(ILookup<string, long> Followers, ILookup<long, DealContact> Participants)
    {
        public static async Task<People> Around(Verbs verbs, Caller caller, IReadOnlyList<Deal> deals,
            IReadOnlyDictionary<string, IReadOnlyList<long>> others, CancellationToken ct)
        {
            var (followers, participants) = (new List<(string Record, long User)>(), new List<DealContact>());
            foreach (var some in deals.Select(deal => deal.Id).Chunk(DealsAtOnce))
            {
                followers.AddRange((await verbs.Deals.Followers(caller, some, ct)).SelectMany(all => all)
                    .Select(one => ($"deal {one.DealId}", one.UserId)));
                participants.AddRange((await verbs.Deals.Contacts(caller, some, ct)).SelectMany(all => all));
            }
            foreach (var (subject, ids) in others)
            {
                foreach (var some in ids.Chunk(ListQuery.MaxLimit))
                {
                    followers.AddRange((await verbs.Followers.Followers(caller, subject, some, ct)).SelectMany(all => all)
                        .Select(one => ($"{subject} {one.SubjectId}", one.UserId)));
                }
            }
            return new(followers.ToLookup(one => one.Record, one => one.User), participants.ToLookup(one => one.DealId));
        }
    }

    /// <summary>Beside the owner, in the order of the file's users.</summary>
    private IReadOnlyList<string> Followers(string subject, long id, long? ownerId) =>
        [.. people.Followers[$"{subject} {id}"].Where(user => user != ownerId).Order().Select(user => owners.GetValueOrDefault(user))
            .OfType<string>()];

    /// <summary>The deal's own person takes part anyway, and is named when there is more to say.</summary>
    private IReadOnlyList<SeedParticipant> Participants(Deal deal) =>
        [.. people.Participants[deal.Id].Where(one => one.PersonId != deal.PersonId || one.Role is not null)
            .Select(one => (Name: names.Persons.Find(one.PersonId), one.Role)).Where(one => one.Name is not null)
            .Select(one => new SeedParticipant(SeedPlace.Nowhere, one.Name!, one.Role))];

    /// <summary>What the short word says: one, at work.</summary>
    private static bool IsUsual(Seq<ContactPoint> points) => points.Count == 1 && points[0].Label == "work";

    private static IReadOnlyList<SeedPoint> Several(Seq<ContactPoint> points) =>
        [.. points.Index().Select(point =>
            new SeedPoint(SeedPlace.Nowhere, point.Item.Value, Worded(point.Item.Label), point.Item.Primary && point.Index > 0))];

    private static string? Worded(string label) => label.Length == 0 ? null : label;
}
