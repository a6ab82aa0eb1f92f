using Tributary.Core.Contacts;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;

namespace Tributary.Server.Sandbox.Files;

/// <summary>Organizations and persons, who follows them, and how others name them.</summary>
internal sealed partial class FileSeed
{
    private readonly List<Func<Task>> unnamed = [];

    private async Task Organization(SeedOrganization one, CancellationToken ct)
    {
        var made = await Made(one.At, () => verbs.Organizations.Create(As(one.Owner), new()
        {
            Name = one.Name,
            Industry = Given(one.Industry),
            Website = Given(one.Website),
            EmployeeCount = one.Employees,
            Address = one.Address is { } address ? new PostalAddress { Value = address } : default(Field<PostalAddress?>),
            LabelIds = Labels("organization", one.More),
            Custom = Custom("organization", one.More),
        }, ct));
        into.Organizations.Add(made);
        NameLater("organization", one.More, custom =>
            Made(one.At, () => verbs.Organizations.Update(As(one.Owner), made.Id, new() { Custom = custom }, ct)));
        await Follow("organization", made.Id, one.At, one.More, ct);
        await Hang(one.More, new(OrgId: made.Id), As(one.Owner), ct);
    }

    private async Task Person(SeedPerson one, CancellationToken ct)
    {
        var made = await Made(one.At, () => verbs.Persons.Create(As(one.Owner), new()
        {
            Name = one.Name,
            OrgId = Organization(one.Organization),
            JobTitle = Given(one.JobTitle),
            Emails = Points(one.Email, one.Emails),
            Phones = Points(one.Phone, one.Phones),
            Im = Points(null, one.Messengers),
            LabelIds = Labels("person", one.More),
            Custom = Custom("person", one.More),
        }, ct));
        into.Persons.Add(made);
        NameLater("person", one.More, custom =>
            Made(one.At, () => verbs.Persons.Update(As(one.Owner), made.Id, new() { Custom = custom }, ct)));
        await Follow("person", made.Id, one.At, one.More, ct);
        await Hang(one.More, new(PersonId: made.Id, OrgId: made.OrgId), As(one.Owner), ct);
    }

    private static Field<Seq<ContactPoint>> Points(string? only, IReadOnlyList<SeedPoint> several)
    {
        if (only is not null) return (Seq<ContactPoint>)[new(only, "work", true)];
        if (several.Count == 0) return default;
        return (Seq<ContactPoint>)[.. several.Select(point => new ContactPoint(point.Value, point.Label ?? "", point.IsPrimary))];
    }

    private async Task Follow(string subject, long id, SeedPlace at, SeedMore more, CancellationToken ct)
    {
        foreach (var follower in more.Followers)
        {
            await Made(at, () => verbs.Followers.Follow(into.Admin, subject, id, into.Users[owners[follower]].Id, ct), "followers");
        }
    }

    /// <summary>Contacts may name contacts that come after them; that is written when all are there.</summary>
    private void NameLater(string subject, SeedMore more, Func<CustomPatch, Task> write)
    {
        var missing = more.Custom.Where(value => !SeedCustom.IsMade(into, into.Fields.First(field => field.Subject == subject
            && field.Name == value.Field), value.Written)).ToHashSet();
        if (missing.Count == 0) return;
        unnamed.Add(() => write(Custom(subject, more with { Custom = [.. missing] }, (_, _) => true).Value));
    }

    private long? Organization(string? name) => name is null ? null : into.Organizations.First(one => one.Name == name).Id;

    private long? Person(string? name) => name is null ? null : into.Persons.First(one => one.Name == name).Id;
}
