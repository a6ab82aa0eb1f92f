using Tributary.Core.Pipelines;
using Tributary.Core.Users;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Deals;

/// <summary>Where a deal stands and whose it is, in brief: what a list needs to show names. The whole records have operations of their own.</summary>
internal static class DealPlaceWire
{
    public static readonly Wire<Stage> Stage = new Wire<Stage>("DealStage", "The deal's stage, in brief.")
        .Whole("id", s => s.Id)
        .Text("name", s => s.Name, nullable: false)
        .Whole("position", s => s.Position)
        .Number("probability", s => s.Probability);

    public static readonly Wire<Pipeline> Pipeline = new Wire<Pipeline>("DealPipeline", "The deal's pipeline, in brief.")
        .Whole("id", p => p.Id)
        .Text("name", p => p.Name, nullable: false);

    public static readonly Wire<User> Owner = new Wire<User>("DealOwner", "The deal's owner, in brief.")
        .Whole("id", u => u.Id)
        .Text("name", u => u.Name, nullable: false)
        .Text("email", u => u.Email, nullable: false);
}
