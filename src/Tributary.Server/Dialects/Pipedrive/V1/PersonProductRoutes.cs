using System.Globalization;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Products;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>A product that a deal of the person sells, with that deal.</summary>
internal sealed record SoldView(DealView Deal, ProductView Product);

/// <summary>"List products associated with a person": what the person's deals sell (OpenAPI file).</summary>
internal static class PersonProductRoutes
{
    // [{"123":{"deal":{…},"product":{…}}}]: the name of the one member is the deal's id.
    private static readonly Many<SoldView> Sold = new(new Wire<SoldView>("PersonProductV1").Open((json, sold) =>
    {
        json.WriteStartObject(sold.Deal.Deal.Id.ToString(CultureInfo.InvariantCulture));
        json.WritePropertyName("deal");
        DealWire.Plain.Write(json, sold.Deal);
        json.WritePropertyName("product");
        ProductWire.Sold.Write(json, sold.Product);
        json.WriteEndObject();
    }));

    public static readonly Operation One = new("GET", Anchor.Person.Path("products"), "getPersonProducts", List)
    {
        Tag = Anchor.Person.Tag,
        Summary = "List products associated with a person",
        Cost = 20,
        Parameters = [Anchor.Person.Id, .. Paging.Parameters],
        Answer = Sold,
        CoverageNote = $"Of the person's {Paging.Most} newest deals.",
    };

    private static async Task<Reply> List(Call call)
    {
        var id = await Anchor.Person.Find(call);
        var query = Paging.Read(call);
        call.Checked();
        var reader = Anchor.Person.Around(call);
        var deals = await call.Service<DealService>().List(reader, new()
        {
            Condition = AroundContactRoutes.OfPerson(id),
            Sort = [new("id", Descending: true)],
            Limit = Paging.Most,
        }, call.Ct);
        if (deals.Items.Count == 0) return Sold.Page([], query, hasMore: false);

        var lines = await call.Service<DealProductService>()
            .List(reader, [.. deals.Items.Select(deal => deal.Id)], query with { Sort = [new("id")] }, call.Ct);
        var byId = deals.Items.ToDictionary(deal => deal.Id);
        var named = lines.Items.Select(line => line.DealId).Distinct().Select(deal => byId[deal]).ToList();
        var views = (await DealView.Of(call, named)).ToDictionary(view => view.Deal.Id);
        var products = (await Named.Of(call, new() { Products = lines.Items.Select(line => line.ProductId) })).Products;
        return Sold.Page([.. lines.Items.Where(line => products.ContainsKey(line.ProductId ?? 0))
            .Select(line => new SoldView(views[line.DealId], new(products[line.ProductId!.Value], views[line.DealId].Catalog)))], query,
            lines.HasMore);
    }
}
