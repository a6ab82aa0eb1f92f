using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Products;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>A kind of record that others hang on: activities, files, mail, deals, what happened.</summary>
/// <param name="Noun">"person", also the engine's subject.</param>
/// <param name="Article">"a person".</param>
/// <param name="Column">How the engine's lists name it: "person_id".</param>
/// <param name="IsThere">Whether the record is there for the caller and not deleted.</param>
internal sealed record Anchor(string Noun, string Article, string Column, Func<Call, Caller, long, Task<bool>> IsThere)
{
    public static readonly Anchor Deal =
        new("deal", "a deal", "deal_id", async (call, caller, id) =>
            !(await call.Service<DealService>().Get(caller, id, call.Ct)).IsDeleted);
    public static readonly Anchor Person =
        new("person", "a person", "person_id", async (call, caller, id) =>
            !(await call.Service<PersonService>().Get(caller, id, call.Ct)).IsDeleted);
    public static readonly Anchor Organization =
        new("organization", "an organization", "org_id",
            async (call, caller, id) => !(await call.Service<OrganizationService>().Get(caller, id, call.Ct)).IsDeleted);
    public static readonly Anchor Product =
        new("product", "a product", "product_id", async (call, caller, id) =>
            !(await call.Service<ProductService>().Get(caller, id, call.Ct)).IsDeleted);

    public Member<long> Id { get; } = Members.Id("id", $"The ID of the {Noun}.").InPath();

    public string Plural => Noun + "s";

    /// <summary>"Person".</summary>
    public string Name => char.ToUpperInvariant(Noun[0]) + Noun[1..];

    public string Tag => $"{Name}s v1";

    public string Path(string rest) => $"/{Plural}/{{id}}/{rest}";

    /// <summary>The record's id, when it is there.</summary>
    public Task<long> Find(Call call) => Find(call, call.Caller);

    /// <summary>The same for a caller who sees the record for another reason than its own scope.</summary>
    public async Task<long> Find(Call call, Caller caller)
    {
        var id = call.Path(Id, Noun);
        return await IsThere(call, caller, id) ? id : throw Problem.NotFound(Noun, id);
    }

    /// <summary>Whoever may read a record may read what hangs on it.</summary>
    public Caller Around(Call call) => Permissions.Around(call.Caller, Plural);
}
