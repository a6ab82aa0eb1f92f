using System.Text.Json;
using Tributary.Core.Log;

namespace Tributary.Core.Contacts;

/// <summary>How the log names the other record of a merge. Pure.</summary>
internal static class ContactHistory
{
    public static Change MergedInto(long survivor) => new("merged_into", null, JsonSerializer.SerializeToElement(survivor));

    public static Change MergedFrom(long victim) => new("merged_from", null, JsonSerializer.SerializeToElement(victim));
}
