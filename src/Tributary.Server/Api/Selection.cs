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

        foreach (var name in sent.Value)
        {
            if (wire.MemberNames.Contains(name)) continue;
            call.Wrong(Fields, $"fields names {name}, which is none of {string.Join(", ", wire.MemberNames)}.");
        }
        return sent.Value.ToHashSet();
    }
}
