using System.Globalization;
using System.Text.RegularExpressions;
using Tributary.Bench.Results;

namespace Tributary.Bench.Scenarios;

/// <summary>The same answer from the server and from the floor, asked for in turns.</summary>
internal static partial class HttpReads
{
    /// <summary>Of the floor's requests a second (design §10).</summary>
    private const double Goal = 0.70;

    public static Task GetNative(Run run, CancellationToken ct) =>
        Compare(run, "get-native", DataSet.NativeToken, data => [.. data.Ids.Select(id => $"/api/v1/deals/{id}")],
            data => [.. data.Ids.Select(id => $"/g/{id}")], ct);

    public static Task GetSwitch(Run run, CancellationToken ct) =>
        Compare(run, "get-switch", DataSet.SwitchToken, data => [.. data.Uids.Select(uid => $"/switch/api/v1/deals/{uid}")],
            data => [.. data.Uids.Select(uid => $"/G/{uid}")], ct);

    public static Task ListNative(Run run, CancellationToken ct) =>
        Compare(run, "list-native", DataSet.NativeToken, data => [$"/api/v1/deals?stage_id={data.StageId}&sort=-added_at&limit=100"],
            data => [$"/l/{data.StageId}"], ct);

    public static Task ListSwitch(Run run, CancellationToken ct) =>
        Compare(run, "list-switch", DataSet.SwitchToken, data => [$"/switch/api/v1/deals?stage_id={data.StageUid}&limit=100"],
            data => [$"/L/{data.StageUid}"], ct);

    public static Task GetPipedrive(Run run, CancellationToken ct) =>
        Compare(run, "get-pipedrive", DataSet.PipedriveToken, data => [.. data.Ids.Select(id => $"/pipedrive/api/v2/deals/{id}")],
            data => [.. data.Ids.Select(id => $"/p/{id}")], ct, Pipedrive);

    public static Task ListPipedrive(Run run, CancellationToken ct) => Compare(run, "list-pipedrive", DataSet.PipedriveToken,
        data => [$"/pipedrive/api/v2/deals?stage_id={data.StageId}&sort_by=add_time&sort_direction=desc&limit=100"], data =>
            [$"/q/{data.StageId}"], ct, Pipedrive);

    /// <summary>Each of a thousand titles, most of which are the beginning of some others.</summary>
    public static Task SearchPipedrive(Run run, CancellationToken ct) => Compare(run, "search-pipedrive", DataSet.PipedriveToken,
        data => [.. data.Titles.Select(title => $"/pipedrive/api/v2/deals/search?term={Uri.EscapeDataString(title)}")], data =>
            [.. data.Titles.Select(title => $"/s/{Uri.EscapeDataString(title)}")], ct, Pipedrive);

    private const string Pipedrive = "x-api-token:";

    private static async Task Compare(Run run, string scenario, string token, Func<DataSet, IReadOnlyList<string>> paths, Func<DataSet,
        IReadOnlyList<string>> floorPaths, CancellationToken ct,
        string header = "Authorization: Bearer")
    {
        var options = run.Options;
        var data = await run.Data(ct);
        var (server, floor) = await run.Pair(data, ct);
        var (ours, theirs) = (new Asking(server.Url, "GET", paths(data), token) { Header = header },
            new Asking(floor.Url, "GET", floorPaths(data), token));
        var same = await SameBytes(ours, theirs, ct);

        foreach (var connections in options.Connections)
        {
            var sides = await Turns.Take(run, connections, [new("server", server, ours), new("floor", floor, theirs)], ct);
            var ratio = sides[0].PerSecond / sides[1].PerSecond;
            run.Add(new Row(scenario, run.Backend, string.Create(CultureInfo.InvariantCulture, $"{ratio:0.00} of the floor"),
                string.Create(CultureInfo.InvariantCulture,
                    $"{connections} connections, {Load.Driver(options.OwnDriver)}: {sides[0].PerSecond:N0}/s, floor {sides[1].PerSecond:N0}/s; {same}"))
            {
                Deals = options.Deals,
                Connections = connections,
                Sides = sides,
                Held = [new($"{scenario} against the floor", ratio) { AtLeast = Goal }],
            });
        }
    }

    /// <summary>The floor must not be cheaper because it says less.</summary>
    private static async Task<string> SameBytes(Asking ours, Asking theirs, CancellationToken ct)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.TryAddWithoutValidation(ours.Credential.Split(':')[0], ours.Credential.Split(": ")[1]);
        var (mine, floor) = (await Body(ours), await Body(theirs));
        if (Cursor().Replace(mine, "") == Cursor().Replace(floor, "")) return $"the same {floor.Length} bytes";

        var at = mine.Zip(floor).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"{mine.Length} bytes against {floor.Length}, different from {at} on: {Near(mine)} / {Near(floor)}";

        async Task<string> Body(Asking asking)
        {
            using var answer = await client.GetAsync(new Uri(asking.Url + asking.Paths[0]), ct);
            if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{asking.Paths[0]}: {(int)answer.StatusCode}");
            return await answer.Content.ReadAsStringAsync(ct);
        }

        string Near(string text) => text.Substring(Math.Max(0, Math.Min(at - 20, text.Length)),
            Math.Min(40, text.Length - Math.Max(0, Math.Min(at - 20, text.Length))));
    }

    // Sealed by the server, so that nobody else can write the same.
    [GeneratedRegex("\"next_cursor\":\"[^\"]*\"")]
    private static partial Regex Cursor();
}
