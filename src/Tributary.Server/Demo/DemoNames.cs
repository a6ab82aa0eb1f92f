namespace Tributary.Server.Demo;

/// <summary>Invented names, so that nobody finds themselves in the demo.</summary>
internal static class DemoNames
{
    private static readonly string[] firsts =
    [
        "Anna", "Bruno", "Carla", "Daniel", "Elif", "Felix", "Greta", "Hugo", "Irene", "Jakob", "Katrin", "Luca", "Marta", "Nils", "Olga",
        "Pavel", "Quentin", "Rosa", "Stefan", "Tessa",
        "Ursula", "Viktor", "Wanda", "Yusuf", "Zuzana", "Aoife", "Bjorn", "Chloe", "Dimitri", "Esther", "Fiona", "Georg", "Hanna", "Ivo",
        "Julia", "Karim", "Lena", "Mateo", "Nadia", "Oscar",
    ];

    private static readonly string[] lasts =
    [
        "Albrecht", "Bianchi", "Costa", "Drummond", "Eklund", "Fontaine", "Gruber", "Holm", "Ivanov", "Jansen", "Keller", "Lindqvist",
        "Moreau", "Novak", "Oduya", "Petrov", "Quinn", "Rossi",
        "Sandberg", "Tanaka", "Ulrich", "Varga", "Whitlock", "Yilmaz", "Zeller", "Arnaud", "Beckett", "Caruso", "Dahl", "Esposito",
        "Farkas", "Gallagher", "Hartmann", "Iversen", "Kowalski",
    ];

    private static readonly string[] companies =
    [
        "Alpen", "Bergmann", "Corvus", "Delphin", "Elmwood", "Falkner", "Granite", "Hollis", "Iris", "Juniper", "Kastel", "Larkspur",
        "Meridian", "Nordwind", "Oakline", "Pinnacle", "Quell",
        "Ridgeway", "Silberbach", "Tallow", "Umber", "Verano", "Westhaven", "Zephyr",
    ];

    private static readonly (string Suffix, string Industry)[] trades =
    [
        ("Logistics", "Logistics"), ("Foods", "Food"), ("Systems", "Software"), ("Clinics", "Health"), ("Instruments", "Manufacturing"),
        ("Media", "Media"), ("Energy", "Energy"), ("Textiles", "Textiles"),
        ("Packaging", "Manufacturing"), ("Hotels", "Travel"),
    ];

    public static readonly (string City, string Country, string Currency)[] Places =
    [
        ("Berlin", "Germany", "EUR"), ("Vienna", "Austria", "EUR"), ("Lyon", "France", "EUR"), ("Milan", "Italy", "EUR"),
        ("Utrecht", "Netherlands", "EUR"), ("Valencia", "Spain", "EUR"),
        ("Boston", "United States", "USD"), ("Austin", "United States", "USD"), ("Seattle", "United States", "USD"),
        ("Leeds", "United Kingdom", "GBP"), ("Cardiff", "United Kingdom", "GBP"),
    ];

    public static readonly string[] Projects =
    [
        "rollout", "pilot", "replacement", "extension", "second site", "renewal", "upgrade", "framework contract", "migration",
        "starter package", "integration", "maintenance",
    ];

    public static readonly string[] Notes =
    [
        "Budget is approved for this quarter; purchasing needs two more offers.",
        "They compare us with their current supplier, mostly on service times.", "Met the team on site. Very interested in the reporting.",
        "Decision moves to the next board meeting.", "Asked for references from their own industry.",
        "Wants to start small with one department and grow from there.",
        "Legal is reading the contract. No blockers so far.", "Champion changed jobs; introduced us to the successor.",
        "Price is fine, the timeline is not. Offered a phased start.",
        "They need training in two languages.", "Called back: pleased with the demo, waiting for IT security.", "Prefers yearly billing.",
    ];

    public static readonly (string Reason, string Category, int Weight)[] LostReasons =
    [
        ("Price too high", "price", 5), ("Chose a competitor", "competitor", 4), ("No budget this year", "no_budget", 3),
        ("No decision was made", "no_decision", 4), ("Bad timing", "timing", 2), ("A feature is missing", "product_fit", 2),
    ];

    /// <summary>A name of its own for each number below 200.</summary>
    public static (string Name, string Industry) Company(int number)
    {
        var (suffix, industry) = trades[(number * 7 + number / companies.Length) % trades.Length];
        return ($"{companies[number % companies.Length]} {suffix}", industry);
    }

    /// <summary>A name of its own for each number below 1,000.</summary>
    public static string Person(int number) =>
        $"{firsts[number % firsts.Length]} {lasts[(number * 11 + number / firsts.Length * 3) % lasts.Length]}";
}
