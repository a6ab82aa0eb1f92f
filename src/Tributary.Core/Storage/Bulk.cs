using Tributary.Core.Currencies;
using Tributary.Core.Totals;

namespace Tributary.Core.Storage;

/// <summary>
/// What a unit of work that writes hundreds of deals keeps back: totals are added up and written once, numbers of deals and ids are
/// taken in blocks, contacts are asked for once, and statements without an answer run beside it (<see cref="PutQueue"/>).
/// </summary>
internal sealed class Bulk
{
    private readonly Dictionary<int, (long Next, long Last)> numbers = [];

    /// <summary>How many ids are taken together. Another block is a question, which waits for all that is written.</summary>
    public int IdsAtOnce { get; init; } = 100;

    /// <summary>How many numbers of deals are taken together.</summary>
    public int NumbersAtOnce { get; init; } = 500;

    public TotalsCount Totals { get; } = new();

    /// <summary>Per currency, what its deals are locked at when they close. Nothing that writes in bulk sets a rate.</summary>
    public Dictionary<string, RatesByDay> Rates { get; } = [];

    /// <summary>Contacts that are there and that the caller sees. Nothing that writes in bulk takes one away.</summary>
    public HashSet<long> Contacts { get; } = [];

    /// <summary>
    /// The next number of a deal in a year, out of a block that <paramref name="take"/> takes and of which it answers the last.
    /// </summary>
    public async Task<long> NextNumber(int year, Func<int, Task<long>> take)
    {
        if (!numbers.TryGetValue(year, out var block) || block.Next > block.Last)
        {
            var last = await take(NumbersAtOnce);
            block = (last - NumbersAtOnce + 1, last);
        }
        numbers[year] = block with { Next = block.Next + 1 };
        return block.Next;
    }

    /// <summary>The numbers that were taken for nothing: per year the last that was given out, and the last of its block.</summary>
    public IEnumerable<(int Year, long Given, long Taken)> Left =>
        numbers.Where(year => year.Value.Next <= year.Value.Last).Select(year => (year.Key, year.Value.Next - 1, year.Value.Last));
}
