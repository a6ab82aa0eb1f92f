using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Dialects.Pipedrive.V1;

/// <summary>Searches of v1 (the specification of January 2026): v2's items, paged by start and limit.</summary>
public sealed class SearchTests
{
    [Theory, OnBothBackends]
    public async Task Each_kind_is_found_by_what_its_search_looks_at(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var organization = await pipe.Post($"{Pipe.V1}/organizations", new { name = "Neverland", address = "Second Star" }, 201);
        var person = await pipe.Post($"{Pipe.V1}/persons",
            new { name = "Wendy Darling", email = "wendy@star.test", org_id = organization.Whole("id") }, 201);
        await pipe.Post($"{Pipe.V1}/products",
            new { name = "Pixie dust", code = "STAR-1", prices = new[] { new { currency = "EUR", price = 5 } } }, 201);
        await pipe.Post($"{Pipe.V1}/leads", new { title = "Starlight", person_id = person.Whole("id") }, 201);

        foreach (var (path, expected) in new[]
        {
            ("organizations/search?term=second star", "organization"), ("organizations/search?term=second&fields=name", ""),
            ("persons/search?term=wendy@&fields=email", "person"),
            ($"persons/search?term=wendy&organization_id={organization.Whole("id")}", "person"),
            ("persons/search?term=wendy&organization_id=999999999", ""),
            ("products/search?term=star&fields=code", "product"),
            ("products/search?term=pixie dust&exact_match=1&include_fields=product.price", "product"),
            ("products/search?term=pixie&exact_match=1", ""),
            ($"leads/search?term=starl&person_id={person.Whole("id")}&include_fields=lead.was_seen", "lead"),
            ("itemSearch?term=star&item_types=product,lead", "product lead"), ("itemSearch?term=nothing like it", ""),
        })
        {
            var items = (await pipe.Get($"{Pipe.V1}/{path}")).GetProperty("items").EnumerateArray()
                .Select(item => item.GetProperty("item").Text("type"));
            Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(), items.Order());
        }
        var price = (await pipe.Get($"{Pipe.V1}/products/search?term=pixie&include_fields=product.price"))
            .GetProperty("items")[0].GetProperty("item").GetProperty("prices")[0];
        Assert.Equal(("EUR", 5m), (price.Text("currency"), price.Number("price")));
        Assert.Equal(400, (await pipe.Client.Get($"{Pipe.V1}/persons/search?term=w")).Status);
    }

    // reference §3: additional_data.pagination, next_start only while there is more.
    [Theory, OnBothBackends]
    public async Task Pages_are_counted_from_start(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        for (var i = 0; i < 3; i++) await pipe.Person($"Lost Boy {i}");

        var first = (await pipe.Client.Get($"{Pipe.V1}/persons/search?term=lost boy&limit=2")).Json;
        var last = (await pipe.Client.Get($"{Pipe.V1}/itemSearch?term=lost boy&limit=2&start=2")).Json;

        var (page, end) = (first.GetProperty("additional_data").GetProperty("pagination"), last.GetProperty("additional_data")
            .GetProperty("pagination"));
        Assert.Equal((0, 2, true, 2),
            (page.Whole("start"), page.Whole("limit"), page.Flag("more_items_in_collection"), page.Whole("next_start")));
        Assert.Equal((2, false, false),
            (end.Whole("start"), end.Flag("more_items_in_collection"), end.TryGetProperty("next_start", out _)));
        Assert.Equal((2, 1),
            (first.GetProperty("data").GetProperty("items").GetArrayLength(), last.GetProperty("data").GetProperty("items")
                .GetArrayLength()));
    }

    // "up to 100 newest related leads and 100 newest related deals for each found person and organization".
    [Theory, OnBothBackends]
    public async Task Related_items_stand_beside_the_page(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var person = await pipe.Person("Captain Hook");
        var deal = await pipe.Deal("Ship", new { person_id = person.Id });

        var found = await pipe.Get($"{Pipe.V1}/itemSearch?term=captain&item_types=person&search_for_related_items=1");
        var alone = await pipe.Get($"{Pipe.V1}/itemSearch?term=captain&item_types=person");

        Assert.Equal(person.Id, found.GetProperty("items")[0].GetProperty("item").Whole("id"));
        Assert.Equal(deal, found.GetProperty("related_items")[0].GetProperty("item").Whole("id"));
        Assert.Equal(0, alone.GetProperty("related_items").GetArrayLength());
    }
}
