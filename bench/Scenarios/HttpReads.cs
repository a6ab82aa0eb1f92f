using System.Globalization;
using System.Text.RegularExpressions;

namespace Tributary.Bench.Scenarios;

/// <summary>The same answer from the server and from the floor, asked for in turns.</summary>
internal static partial class HttpReads
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);
    private const int MostWarmUps = 12;

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
        await using var server = await Child.Server(data, options.Port, ct);
        await using var floor = await Child.Floor(data, options.Port + 1, ct);
        var (ours, theirs) = (new Asking(server.Url, "GET", paths(data), token) { Header = header },
            new Asking(floor.Url, "GET", floorPaths(data), token));
        var same = await SameBytes(ours, theirs, ct);

        foreach (var connections in options.Connections)
        {
            foreach (var asking in (Asking[])[ours, theirs]) await Warm(asking, connections, options.OwnDriver, ct);
            List<Answered> served = [], floored = [];
            for (var round = 0; round < options.Rounds; round++)
            {
                served.Add(await Load.Run(ours, connections, TimeSpan.FromSeconds(options.Seconds), options.OwnDriver, ct));
                floored.Add(await Load.Run(theirs, connections, TimeSpan.FromSeconds(options.Seconds), options.OwnDriver, ct));
            }
            var (server1, floor1) = (Answered.Median(served), Answered.Median(floored));
            run.Add(scenario, string.Create(CultureInfo.InvariantCulture, $"{server1.PerSecond / floor1.PerSecond:0.00} of the floor"),
                $"{connections} connections, {Load.Driver(options.OwnDriver)}: {server1}; floor {floor1}; {same}");
        }
    }

    /// <summary>Until it gets no faster: on a busy machine the runtime's compiler takes long to be done.</summary>
    private static async Task Warm(Asking asking, int connections, bool ownDriver, CancellationToken ct)
    {
        var (best, unchanged) = (0.0, 0);
        for (var round = 0; round < MostWarmUps && unchanged < 2; round++)
        {
            var now = (await Load.Run(asking, connections, WarmUp, ownDriver, ct)).PerSecond;
            unchanged = now < best * 1.1 ? unchanged + 1 : 0;
            best = Math.Max(best, now);
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
