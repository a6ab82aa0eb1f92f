using System.Globalization;

namespace Tributary.Bench.Scenarios;

/// <summary>
/// A file of deals as another system would export it: 35 owners, an organization for every hundred deals, four stages, three years. Always
/// the same.
/// </summary>
internal static class ManyDeals
{
    private static readonly string[] Wants =
        ["Fleet renewal", "Cloud migration", "Harbour refit", "Solar rollout", "Kitchen upgrade", "Clinic licence", "Campus audit"];
    private static readonly string[] Firsts = ["Ada", "Ben", "Cleo", "Dan", "Eve"];
    private static readonly string[] Lasts = ["Stone", "Rivers", "Fields", "Woods", "Marsh", "Hill", "Lake"];
    private static readonly string[] Trades = ["Foods", "Shipping", "Steel", "Optics", "Paper", "Mills", "Dairy", "Glass"];
    private static readonly string[] Stages = ["Prospecting", "Qualified", "Proposal", "Negotiation"];
    private static readonly string[] Sources = ["Web", "Referral", "Event", "Outbound"];

    /// <summary>Kept for the next run.</summary>
    public static async Task<string> File(int rows, CancellationToken ct)
    {
        var folder = Path.Combine(Child.Root, "artifacts", "bench");
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, $"deals-{rows}.csv");
        if (System.IO.File.Exists(file)) return file;

        var half = file + ".part";
        await using (var writer = new StreamWriter(half))
        {
            await writer.WriteLineAsync("Deal ID,Deal Name,Account,Owner,Stage,Status,Amount,Currency,Created,Close Date,Lead Source");
            for (var n = 0; n < rows; n++)
            {
                ct.ThrowIfCancellationRequested();
                await writer.WriteLineAsync(Row(n, rows));
            }
        }
        System.IO.File.Move(half, file);
        return file;
    }

    private static string Row(int n, int rows)
    {
        // Deterministic, and without a step that would put all of one kind together.
        var mixed = (int)((uint)n * 2654435761u >> 4);
        var created = new DateOnly(2023, 1, 1).AddDays((int)(1_000L * n / rows));
        var account = mixed % Math.Max(1, rows / 100);
        var status = (mixed % 10) switch { < 6 => "open", < 9 => "won", _ => "lost" };
        return string.Create(CultureInfo.InvariantCulture,
            $"D{n:0000000},{Wants[mixed % 7]} {n},{Trades[account % 8]} {account},{Firsts[mixed % 5]} {Lasts[mixed / 5 % 7]},{Stages[mixed / 7 % 4]},{status},{mixed % 90_000 + 250}.50,USD,{created:yyyy-MM-dd},{created.AddDays(5 + mixed % 110):yyyy-MM-dd},{Sources[mixed / 11 % 4]}");
    }
}
