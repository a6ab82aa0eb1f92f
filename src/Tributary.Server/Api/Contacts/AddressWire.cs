using Tributary.Core.Contacts;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Contacts;

/// <summary>A postal address, both ways. It is written whole: parts left out are none.</summary>
internal static class AddressWire
{
    private static readonly Member<string> Value = Members.Text("value", "The whole address as written.", 1000).Nullable();
    private static readonly Member<string> Country = Part("country");
    private static readonly Member<string> AdminAreaLevel1 = Part("admin_area_level_1");
    private static readonly Member<string> AdminAreaLevel2 = Part("admin_area_level_2");
    private static readonly Member<string> Locality = Part("locality");
    private static readonly Member<string> Sublocality = Part("sublocality");
    private static readonly Member<string> Route = Part("route");
    private static readonly Member<string> StreetNumber = Part("street_number");
    private static readonly Member<string> Subpremise = Part("subpremise");
    private static readonly Member<string> PostalCode = Part("postal_code");

    public static readonly Wire<PostalAddress> Address =
        new Wire<PostalAddress>("PostalAddress", "The address as written, and its parts as far as they are known.")
        .Text("value", a => a.Value)
        .Text("country", a => a.Country)
        .Text("admin_area_level_1", a => a.AdminAreaLevel1)
        .Text("admin_area_level_2", a => a.AdminAreaLevel2)
        .Text("locality", a => a.Locality)
        .Text("sublocality", a => a.Sublocality)
        .Text("route", a => a.Route)
        .Text("street_number", a => a.StreetNumber)
        .Text("subpremise", a => a.Subpremise)
        .Text("postal_code", a => a.PostalCode);

    public static readonly Member<PostalAddress> Member = Members.Object("address", "Written whole: parts left out are none.",
        new("PostalAddressBody", Value, Country, AdminAreaLevel1, AdminAreaLevel2, Locality, Sublocality, Route, StreetNumber, Subpremise,
            PostalCode),
        body => new PostalAddress
        {
            Value = body.ClearableText(Value).Or(null),
            Country = body.ClearableText(Country).Or(null),
            AdminAreaLevel1 = body.ClearableText(AdminAreaLevel1).Or(null),
            AdminAreaLevel2 = body.ClearableText(AdminAreaLevel2).Or(null),
            Locality = body.ClearableText(Locality).Or(null),
            Sublocality = body.ClearableText(Sublocality).Or(null),
            Route = body.ClearableText(Route).Or(null),
            StreetNumber = body.ClearableText(StreetNumber).Or(null),
            Subpremise = body.ClearableText(Subpremise).Or(null),
            PostalCode = body.ClearableText(PostalCode).Or(null),
        }).Nullable();

    private static Member<string> Part(string name) => Members.Text(name, "").Nullable();
}
