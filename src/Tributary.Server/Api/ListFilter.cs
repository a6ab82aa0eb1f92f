using Tributary.Core.Lists;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api;

/// <summary>A parameter of its own that narrows a list: "stage_id=7".</summary>
internal sealed record ListFilter(Member Member, Func<Call, Condition?> Read)
{
    public static ListFilter Of<T>(Member<T> member, Func<T, Condition> condition) =>
        new(member, call => call.Query(member) is { IsSet: true, Value: var value } ? condition(value) : null);

    /// <summary>The field of the parameter's name, or another one, has that value.</summary>
    public static ListFilter Equal(Member<long> member, string? field = null) =>
        Of(member, value => Condition.Equal(field ?? member.Name, value));

    public static ListFilter Equal(Member<string> member, string? field = null) =>
        Of(member, value => Condition.Equal(field ?? member.Name, value));

    public static ListFilter Equal(Member<bool> member, string? field = null) =>
        Of(member, value => Condition.Equal(field ?? member.Name, value));

    public static ListFilter Equal(Member<DateOnly> member, string? field = null) =>
        Of(member, value => Condition.Equal(field ?? member.Name, value));

    public static ListFilter Equal(Member<Guid> member, string? field = null) =>
        Of(member, value => Condition.Equal(field ?? member.Name, value));
}
