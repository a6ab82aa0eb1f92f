using System.Text.Json;
using Tributary.Core.Deals;
using Tributary.Core.Import;
using Tributary.Core.Products;
using Tributary.Server.Dialects.Pipedrive.V2;
using Tributary.Server.Hosting;
using static Tributary.Server.Dialects.Pipedrive.Source.TheirRow;

namespace Tributary.Server.Dialects.Pipedrive.Source;

/// <summary>
/// Copies a Pipedrive account: users, labels, custom fields, pipelines, organizations, persons, products, deals with their
/// products, activities and notes, in the order in which they name each other. What it reads is read as this dialect reads
/// bodies of requests, so that what it writes is what a client would have written.
/// </summary>
internal sealed partial class PipedriveCopy(PipedriveAccount account, Copier copier)
{
    private const int DealsAtOnce = 100;

    private static readonly ReadingPolicy Reading = new() { NumericTexts = true, LooseFlags = true };
    private static readonly string[] Subjects = ["deal", "person", "organization", "product"];

    private readonly Dictionary<(string, string), TheirField> fields = [];

    /// <summary>Records that named others which came after them.</summary>
    private readonly List<JsonElement> organizationsLater = [];
    private readonly List<JsonElement> personsLater = [];
    private readonly List<JsonElement> dealsLater = [];
    private readonly List<Copied<DealPatch>> archive = [];

    public async Task Run(bool createUsers, CancellationToken ct)
    {
        await Users(createUsers, ct);
        await Fields(ct);
        await Pipelines(ct);
        foreach (var (noun, list) in new[] { ("organization", "organizations"), ("person", "persons"), ("product", "products"),
            ("deal", "deals"), ("activity", "activities") })
        {
            if (await account.Greatest(list, ct) is > 0 and var greatest) await copier.Reserve(noun, greatest, ct);
        }
        await foreach (var page in account.Pages("organizations", ct))
        {
            await copier.Organizations(await Organizations(page, organizationsLater, ct), ct);
        }
        await foreach (var page in account.Pages("persons", ct)) await copier.Persons(await Persons(page, personsLater, ct), ct);
        await foreach (var page in account.Pages("products", ct)) await copier.Products(await Products(page, ct), ct);
        await foreach (var page in account.Pages("deals", ct)) await Deals(page, ct);
        await foreach (var page in account.Pages("deals/archived", ct)) await Deals(page, ct);
        await foreach (var page in account.Pages("activities?include_fields=attendees", ct))
        {
            await copier.Activities(await Activities(page, ct), ct);
        }
        await foreach (var page in account.OldPages("notes", ct)) await copier.Notes(await Notes(page, ct), ct);

        // What named records that came after it is said again now.
        foreach (var some in organizationsLater.Chunk(DealsAtOnce)) await copier.Complete(await Organizations(some, null, ct), ct);
        foreach (var some in personsLater.Chunk(DealsAtOnce)) await copier.Complete(await Persons(some, null, ct), ct);
        foreach (var some in dealsLater.Chunk(DealsAtOnce)) await copier.Complete(await DealPatches(some, null, ct), ct);
        foreach (var some in archive.Chunk(DealsAtOnce)) await copier.Complete(some, ct);
    }

    private async Task Deals(IReadOnlyList<JsonElement> page, CancellationToken ct)
    {
        await copier.Deals(await DealPatches(page, dealsLater, ct), ct);
        var here = await copier.Known("deal", [.. page.Select(IdOf)], ct);
        foreach (var some in page.Where(deal => here.ContainsKey(IdOf(deal))).Chunk(DealsAtOnce)) await Lines(some, here, ct);
    }

    private async Task Lines(IReadOnlyList<JsonElement> deals, IReadOnlyDictionary<string, long> here, CancellationToken ct)
    {
        var lines = await PipedriveAccount.All(account.Pages($"deals/products?deal_ids={string.Join(',', deals.Select(IdOf))}", ct));
        if (lines.Count == 0) return;
        var theirs = lines.ToDictionary(IdOf, line => NumberOf(line, "deal_id"));
        // Of products that were deleted there, and of variations, which are not copied, nothing here could be named.
        foreach (var line in lines.Where(line => line.GetProperty("product_id").ValueKind is JsonValueKind.Null))
        {
            copier.Warn("a deal's product left out: it was deleted from the catalogue there", NumberOf(line, "id"));
        }
        var read = await Read("deal_product", [.. lines.Where(line => line.GetProperty("product_id").ValueKind is not JsonValueKind.Null)],
            null, DealProductBody.New, (body, _) => DealProductBody.Read(body), (patch, row) => patch with { VariationId = default }, ct);
        await copier.Lines([.. read.GroupBy(line => theirs[line.TheirId]).Select(each =>
            (here[each.Key.ToString(System.Globalization.CultureInfo.InvariantCulture)], (IReadOnlyList<Copied<DealProductPatch>>)[
                .. each]))], ct);
    }
}
