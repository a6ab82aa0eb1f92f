using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api;

/// <summary>The body of every reorder: the ids of the whole list, in the order wanted.</summary>
internal static class Ordering
{
    public static readonly Member<Seq<long>> Ids =
        Members.List("ids", "The id of each of them once, in the order wanted.", Members.Id("", ""), 1000);

    public static readonly Shape Shape = new("Order", Ids.Required());

    public static Seq<long> Read(Body body) => body.Get(Ids).Or([]);
}
