namespace Tributary.Core.Kernel;

/// <summary>A member of a patch: sent, or left out. Left out means "keep"; sent as null means "clear".</summary>
public readonly record struct Field<T>(bool IsSet, T Value)
{
    /// <summary>What was sent, else <paramref name="current"/>.</summary>
    public T Or(T current) => IsSet ? Value : current;

    /// <summary>The same member in another spelling; left out stays left out.</summary>
    public Field<TOther> As<TOther>(Func<T, TOther> convert) => IsSet ? new(true, convert(Value)) : default;

    public static implicit operator Field<T>(T value) => new(true, value);
}
