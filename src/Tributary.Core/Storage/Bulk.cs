using Tributary.Core.Currencies;
using Tributary.Core.Totals;

namespace Tributary.Core.Storage;

/// <summary>
/// What a unit of work that writes hundreds of deals keeps back: totals are added up and written once, numbers of deals and ids are
/// taken in blocks, contacts are asked for once, and statements without an answer run beside it (<see cref="PutQueue"/>).
/// </summary>
internal sealed class Bulk
{
    // The next number to give out, and the last that is taken in the database. Nothing that writes in bulk states a number.
    private readonly Dictionary<int, (long Next, long Last)> numbers = [];

    /// <summary>How many ids are taken together. Another block is a question, which waits for all that is written.</summary>
    public int IdsAtOnce { get; init; } = 100;

    /// <summary>How many numbers of deals are taken together.</summary>
    public int NumbersAtOnce { get; init; } = 500;

    public TotalsCount Totals { get; } = new();

    /// <summary>Per currency, what its deals are locked at when they close. Nothing that writes in bulk sets a rate.</summary>
    public Dictionary<string, RatesByDay> Rates { get; private init; } = [];

    /// <summary>Contacts that are there and that the caller sees. Nothing that writes in bulk takes one away.</summary>
    public HashSet<long> Contacts { get; private init; } = [];

    /// <summary>For a unit of work that goes on with this one (<see cref="Tx.GoOn"/>), after numbers were given back: what stays true.</summary>
    public Bulk Next()
    {
        var next = new Bulk { NumbersAtOnce = NumbersAtOnce, IdsAtOnce = IdsAtOnce, Rates = Rates, Contacts = Contacts };
        foreach (var (year, block) in numbers) next.numbers[year] = (block.Next, block.Next - 1);
        return next;
    }

    /// <summary>The next number of a deal in a year, out of a block.</summary>
    /// <param name="year">Each is counted by itself.</param>
    /// <param name="ask">Takes so many numbers and answers the last of them.</param>
    /// <param name="take">Takes so many more after one that this has taken: nobody else has come after it.</param>
    public async Task<long> NextNumber(int year, Func<int, Task<long>> ask, Func<int, Task> take)
    {
        if (!numbers.TryGetValue(year, out var block))
        {
            var last = await ask(NumbersAtOnce);
            block = (last - NumbersAtOnce + 1, last);
        }
        else if (block.Next > block.Last)
        {
            await take(NumbersAtOnce);
            block = (block.Last + 1, block.Last + NumbersAtOnce);
        }
        numbers[year] = block with { Next = block.Next + 1 };
        return block.Next;
    }

    /// <summary>The numbers that were taken for nothing: per year the last that was given out, and the last of its block.</summary>
    public IEnumerable<(int Year, long Given, long Taken)> Left =>
        numbers.Where(year => year.Value.Next <= year.Value.Last).Select(year => (year.Key, year.Value.Next - 1, year.Value.Last));
}
