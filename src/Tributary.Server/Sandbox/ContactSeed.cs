using Tributary.Core.Contacts;
using Tributary.Core.Kernel;
using Tributary.Server.Seeding;

namespace Tributary.Server.Sandbox;

/// <summary>Organizations, and the persons who work for them; the last person works for none.</summary>
internal static class ContactSeed
{
    private static readonly (string Name, string Industry, string City, string Country, long Employees)[] organizations =
    [
        ("Brightwater Foods", "Food", "Portland", "United States", 240), ("Kestrel Robotics", "Manufacturing", "Munich", "Germany", 85),
        ("Lumen Freight", "Logistics", "Rotterdam", "Netherlands", 1200), ("Harbour & Pine", "Retail", "Bristol", "United Kingdom", 40),
        ("Alder Clinics", "Health", "Denver", "United States", 610), ("Quarry Street Media", "Media", "Dublin", "Ireland", 28),
        ("Vantage Solar", "Energy", "Seville", "Spain", 150), ("Fjordline Tours", "Travel", "Bergen", "Norway", 65),
    ];

    private static readonly (string Name, int? Organization, string Title)[] persons =
    [
        ("Nora Whitfield", 0, "Head of purchasing"), ("Jonas Reuter", 1, "Plant manager"), ("Saskia de Vries", 2, "Fleet director"),
        ("Owen Pritchard", 3, "Owner"),
        ("Maya Okafor", 4, "Chief operating officer"), ("Declan Byrne", 5, "Producer"), ("Lucía Herrera", 6, "Procurement lead"),
        ("Ingrid Solheim", 7, "Managing director"),
        ("Peter Lang", 1, "Engineer"), ("Ruth Amsel", 2, "Controller"), ("Tom Castellan", 4, "IT lead"),
        ("Zoë Marchetti", null, "Consultant"),
    ];

    public static async Task Fill(Verbs verbs, SandboxWorkspace into, CancellationToken ct)
    {
        foreach (var (row, (name, industry, city, country, employees)) in organizations.Index())
        {
            into.Organizations.Add(await verbs.Organizations.Create(into.As(row % 3), new()
            {
                Name = name,
                Industry = industry,
                EmployeeCount = employees,
                Website = $"https://{Domain(row)}",
                Address = new PostalAddress { Value = $"{city}, {country}", Locality = city, Country = country },
                LabelIds = (Seq<long>)(row % 3 == 0 ? [Label(into, "organization")] : []),
            }, ct));
        }
        foreach (var (row, (name, organization, title)) in persons.Index())
        {
            var first = Ascii(name.Split(' ')[0]).ToLowerInvariant();
            into.Persons.Add(await verbs.Persons.Create(into.As(row % 3), new()
            {
                Name = name,
                OrgId = organization is { } place ? into.Organizations[place].Id : null,
                JobTitle = title,
                Emails = (Seq<ContactPoint>)[new($"{first}@{(organization is { } at ? Domain(at) : "marchetti.example")}", "work", true)],
                Phones = (Seq<ContactPoint>)[new($"+1 555 01{row:00}", "work", true)],
                LabelIds = (Seq<long>)(row % 4 == 0 ? [Label(into, "person")] : []),
            }, ct));
        }
    }

    private static long Label(SandboxWorkspace into, string subject) => into.Labels.First(label => label.Subject == subject).Id;

    private static string Domain(int organization) => $"{organizations[organization].Name.Split(' ')[0].ToLowerInvariant()}.example";

    private static string Ascii(string name) => name.Replace('í', 'i').Replace('ë', 'e');
}
