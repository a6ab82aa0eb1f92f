using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Products;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>Products of v1: "selectable" for is_linkable, active_flag for "not deleted".</summary>
internal static class ProductRoutes
{
    private static readonly Member<long> UserId = Members.Id("user_id", "The owner.");
    private static readonly Member<Seq<long>> Ids = Members.List("ids", "Only these.", Members.Id("", ""), 100);
    private static readonly Member<string> FirstChar = Members.Text("first_char", "Names that begin with this letter.", 1);
    private static readonly Member<Seq<SortKey>> Sort =
        Sorting.By(("id", "id"), ("name", "name"), ("add_time", "added_at"), ("update_time", "updated_at"));

    private static readonly Member<string> Name = Members.Text("name", "", 255);
    private static readonly Member<string> Code = Members.Text("code", "", 255).Nullable();
    private static readonly Member<string> Description = Members.LongText("description", "").Nullable();
    private static readonly Member<string> Unit = Members.Text("unit", "", 50).Nullable();
    private static readonly Member<decimal> Tax = Members.Number("tax", "Percent; 0 when left out.");
    private static readonly Member<bool> Active = Members.Flag("active_flag", "false deletes.");
    private static readonly Member<bool> Selectable = Members.Flag("selectable", "Whether it can be added to deals.");
    private static readonly Member<long> OwnerId = Members.Id("owner_id", "The caller when left out of a new one.");
    private static readonly Member<string> Currency = Members.Text("currency", "", 3);
    private static readonly Member<decimal> Price = Members.Number("price", "");
    private static readonly Member<decimal> Cost = Members.Number("cost", "").Nullable();
    private static readonly Member<decimal> OverheadCost = Members.Number("overhead_cost", "").Nullable();
    private static readonly Member<string> Notes = Members.Text("notes", "", 255).Nullable();
    private static readonly Shape PriceShape = new("NewProductPriceV1", Currency.Required(), Price, Cost, OverheadCost, Notes);
    private static readonly Member<Seq<ProductPrice>> Prices =
        Members.List("prices", "All of them, one per currency.", Members.Object("", "", PriceShape, body => new ProductPrice
        {
            Currency = body.Get(Currency).Or(""),
            Price = body.Get(Price).Or(0),
            Cost = body.Clearable(Cost).Or(null),
            DirectCost = body.Clearable(OverheadCost).Or(null),
            Notes = body.ClearableText(Notes).Or(null),
        }), 100);
    private static readonly Member<BillingFrequency> Frequency =
        Members.Word("billing_frequency", "one-time when left out.", SaleWords.Billings);
    private static readonly Member<long> Cycles = Members.Whole("billing_frequency_cycles", "", 1, 208).Nullable();

    private static readonly Member[] Both =
        [Code, Description, Unit, Tax, Active, Selectable, Loose.VisibleTo, OwnerId, Prices, Frequency, Cycles];

    public static readonly IReadOnlyList<Operation> All =
    [
        .. new RecordLife<Product, ProductPatch, ProductView>("product", "products", "a product")
        {
            Wire = ProductWire.Product,
            New = new("NewProductV1", [Name.Required(), .. Both]) { AlsoTakes = CustomFields.IsMember },
            Changes = new("ProductChangesV1", [Name, .. Both]) { AlsoTakes = CustomFields.IsMember },
            Filters =
            [
                (UserId, call => call.Query(UserId) is { IsSet: true, Value: var user } ? Condition.Equal("owner_id", user) : null),
                (Ids, call => call.Query(Ids) is { IsSet: true, Value: var ids } ? Condition.Test("id", Operator.In,
                    [.. ids.Select(id => (Operand)id), 0L]) : null),
                (FirstChar, call => ContactRoutes.NameBegins(call.Query(FirstChar))),
            ],
            Sort = Sort,
            List = (call, query) => call.Service<ProductService>().List(call.Caller, query, call.Ct),
            Get = (call, id) => call.Service<ProductService>().Get(call.Caller, id, call.Ct),
            Create = (call, patch) => call.Service<ProductService>().Create(call.Caller, patch with { Deleted = default }, call.Ct),
            Update = (call, id, patch) => call.Service<ProductService>().Update(call.Caller, id, patch, call.Ct),
            Delete = (call, id) => call.Service<ProductService>().Delete(call.Caller, id, call.Ct),
            IsDeleted = product => product.IsDeleted,
            Show = ProductView.Of,
            Related = ProductView.Related,
            Summary = Members.Flag("get_summary", "1: with additional_data.summary.total_count."),
            Read = (call, shape, catalog) => call.Read(body => new ProductPatch
            {
                Name = body.Get(Name),
                Code = body.ClearableText(Code),
                Description = body.ClearableText(Description),
                Unit = body.ClearableText(Unit),
                Tax = body.Get(Tax),
                Deleted = body.Get(Active) is { IsSet: true, Value: false } ? true : default(Field<bool>),
                IsLinkable = body.Get(Selectable),
                VisibleTo = Loose.Visibility(body),
                OwnerId = body.Get(OwnerId).As(id => (long?)id),
                Prices = body.Get(Prices),
                Billing = body.Get(Frequency),
                Cycles = body.Clearable(Cycles).As(cycles => (int?)cycles),
                Custom = CustomFields.Read(body, shape, catalog, "product"),
            }),
        }.All(),
    ];
}
