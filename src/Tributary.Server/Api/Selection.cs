using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api;

/// <summary>"fields=id,title": the members a caller wants of each record.</summary>
internal static class Selection
{
    public static readonly Member<Seq<string>> Fields =
        Members.List("fields", "Members to show, comma-separated; all when left out.", Members.Text("", "", 100));

    public static IReadOnlySet<string>? Read<T>(Call call, Wire<T> wire)
    {
        var sent = call.Query(Fields);
        if (!sent.IsSet) return null;

        var known = wire.MemberNames.ToHashSet();
        foreach (var name in sent.Value)
        {
            if (!known.Contains(name)) call.Wrong(Fields, $"fields names {name}, which is none of {string.Join(", ", known)}.");
        }
        return sent.Value.ToHashSet();
    }
}
