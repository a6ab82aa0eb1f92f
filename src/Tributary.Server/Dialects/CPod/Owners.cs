using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.CPod;

/// <summary>Who a record belongs to; whether they may own anything is for the rules to say.</summary>
internal static class Owners
{
    public static Field<long?> Read(Body body, Member<Guid> member, WorkspaceCatalog catalog)
    {
        var sent = body.Clearable(member);
        if (sent is not { IsSet: true, Value: { } uid }) return sent.As(_ => (long?)null);
        if (catalog.User(uid) is { } user) return new(true, user.Id);
        body.Fail(member.Name, $"{member.Name} must be a user of your tenant.");
        return default;
    }
}
