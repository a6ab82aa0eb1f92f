using Tributary.Core.Kernel;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Kernel;

public sealed class SeqTests
{
    private sealed record Tagged(string Name, Seq<string> Labels);

    [Fact]
    public void Records_with_equal_items_are_equal()
    {
        var one = new Tagged("x", ["hot", "new"]);
        var other = new Tagged("x", ["hot", "new"]);

        Assert.True(one == other);
        Assert.True(one.Labels == other.Labels);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
    }

    [Fact]
    public void Order_length_and_items_all_matter()
    {
        Seq<int> seq = [1, 2, 3];

        Assert.True(seq != [1, 3, 2]);
        Assert.True(seq != [1, 2]);
        Assert.True(seq != [1, 2, 4]);
        Assert.True(seq != null);
        Assert.False(seq.Equals((object)new[] { 1, 2, 3 }));
    }

    [Fact]
    public void A_seq_keeps_its_items_when_their_source_changes()
    {
        var source = new[] { 1, 2 };
        Seq<int> seq = [.. source];

        source[0] = 9;

        Assert.Equal(1, seq[0]);
        Assert.Equal(2, seq.Count);
    }

    [Fact]
    public void The_empty_seq_is_one_object()
    {
        Seq<string> empty = [];

        Assert.Same(Seq<string>.Empty, empty);
    }

    [Fact]
    public void Seqs_are_equal_exactly_when_their_items_are() => Properties.ForAll<(string?[] Left, string?[] Right)>(pair =>
    {
        Seq<string?> left = [.. pair.Left], right = [.. pair.Right], copy = [.. pair.Left];
        return left == copy && left.GetHashCode() == copy.GetHashCode() && left == right == pair.Left.SequenceEqual(pair.Right);
    });
}
