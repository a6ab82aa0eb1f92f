using System.Collections;
using System.Runtime.CompilerServices;

namespace Tributary.Core.Kernel;

/// <summary>
/// An immutable list equal to any other with equal items in the same order, so that records holding lists keep their
/// equality. Written as a collection expression: <c>Seq&lt;string&gt; labels = ["hot", "new"]</c>.
/// </summary>
[CollectionBuilder(typeof(Seq), nameof(Seq.Of))]
public sealed class Seq<T> : IReadOnlyList<T>, IEquatable<Seq<T>>
{
    private readonly T[] items;

    internal Seq(T[] items) => this.items = items;

    internal static Seq<T> Empty { get; } = new([]);

    internal ReadOnlySpan<T> Items => items;

    public int Count => items.Length;

    public T this[int index] => items[index];

    public static bool operator ==(Seq<T>? left, Seq<T>? right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(Seq<T>? left, Seq<T>? right) => !(left == right);

    public bool Equals(Seq<T>? other) =>
        other is not null
        && (ReferenceEquals(items, other.items) || items.AsSpan().SequenceEqual(other.items, EqualityComparer<T>.Default));

    public override bool Equals(object? obj) => Equals(obj as Seq<T>);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in items) hash.Add(item);
        return hash.ToHashCode();
    }

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => $"[{string.Join(", ", items)}]";
}

/// <summary>Builds a <see cref="Seq{T}"/> from a copy of the items.</summary>
public static class Seq
{
    public static Seq<T> Of<T>(ReadOnlySpan<T> items) => items.IsEmpty ? Seq<T>.Empty : new(items.ToArray());
}
