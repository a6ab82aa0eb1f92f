using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Tributary.Bench.Results;
using Tributary.Core.Kernel;

namespace Tributary.Bench.Scenarios;

/// <summary>The same answer from the server and from the floor, asked for in turns.</summary>
internal static partial class HttpReads
{
    /// <summary>Of the floor's requests a second (design §10).</summary>
    private const double Goal = 0.70;

    private const string Bearer = "Authorization: Bearer";

    public static Task GetNative(Run run, CancellationToken ct) =>
        Compare(run, "get-native", Key(DataSet.NativeToken), data => data.Ids.Select(id => $"/api/v1/deals/{id}"),
            data => data.Ids.Select(id => $"/g/{id}"), ct);

    public static Task ListNative(Run run, CancellationToken ct) =>
        Compare(run, "list-native", Key(DataSet.NativeToken), data => [$"/api/v1/deals?stage_id={data.StageId}&sort=-added_at&limit=100"],
            data => [$"/l/{data.StageId}"], ct);

    public static Task GetSwitch(Run run, CancellationToken ct) =>
        Compare(run, "get-switch", Key(DataSet.SwitchToken), data => data.Uids.Select(uid => $"/switch/api/v1/deals/{uid}"),
            data => data.Uids.Select(uid => $"/G/{uid}"), ct);

    public static Task ListSwitch(Run run, CancellationToken ct) =>
        Compare(run, "list-switch", Key(DataSet.SwitchToken), data => [$"/switch/api/v1/deals?stage_id={data.StageUid}&limit=100"],
            data => [$"/L/{data.StageUid}"], ct);

    public static Task GetPipedrive(Run run, CancellationToken ct) =>
        Compare(run, "get-pipedrive", Pipedrive, data => data.Ids.Select(id => $"/pipedrive/api/v2/deals/{id}"),
            data => data.Ids.Select(id => $"/p/{id}"), ct);

    public static Task ListPipedrive(Run run, CancellationToken ct) => Compare(run, "list-pipedrive", Pipedrive,
        data => [$"/pipedrive/api/v2/deals?stage_id={data.StageId}&sort_by=add_time&sort_direction=desc&limit=100"],
        data => [$"/q/{data.StageId}"], ct);

    /// <summary>Each of a thousand titles, most of which are the beginning of some others.</summary>
    public static Task SearchPipedrive(Run run, CancellationToken ct) => Compare(run, "search-pipedrive", Pipedrive,
        data => data.Titles.Select(title => $"/pipedrive/api/v2/deals/search?term={Uri.EscapeDataString(title)}"),
        data => data.Titles.Select(title => $"/s/{Uri.EscapeDataString(title)}"), ct);

    public static Task GetAutomateNexus(Run run, CancellationToken ct) => Compare(run, "get-automatenexus", Key(DataSet.AutomateNexusToken),
        data => data.Uids.Select(uid => $"/automatenexus/v1/deals/deal_{UidText.ToBase32(uid)}"),
        data => data.Uids.Select(uid => $"/a/{uid}"), ct);

    public static Task ListAutomateNexus(Run run, CancellationToken ct) =>
        Compare(run, "list-automatenexus", Key(DataSet.AutomateNexusToken),
        data => [$"/automatenexus/v1/deals?stage_id=stage_{UidText.ToBase32(data.StageUid)}&limit=100"], data => [$"/b/{data.StageId}"],
        ct);

    public static Task GetCPod(Run run, CancellationToken ct) => Compare(run, "get-cpod", CPod,
        data => data.Uids.Select(uid => $"/cpod/api/v1/crm/deals/deal_{UidText.ToUlid(uid)}"), data => data.Uids.Select(uid => $"/c/{uid}"),
        ct);

    public static Task ListCPod(Run run, CancellationToken ct) => Compare(run, "list-cpod", CPod,
        data => [$"/cpod/api/v1/crm/deals?stage={Slug.Of(data.StageName, 255)}&limit=100"], data => [$"/d/{data.StageId}"], ct);

    public static Task GetYSuite(Run run, CancellationToken ct) =>
        Compare(run, "get-ysuite", YSuite, data => data.Ids.Select(id => $"/ysuite/v1/deals/{id}"),
            data => data.Ids.Select(id => $"/y/{id}"), ct);

    public static Task ListYSuite(Run run, CancellationToken ct) => Compare(run, "list-ysuite", YSuite,
        data => [$"/ysuite/v1/deals?deal_current_stage={data.StageId}&sortBy=created_on&sortOrder=desc&pageSize=100"],
        data => [$"/z/{data.StageId}"], ct);

    private static async Task Compare(Run run, string scenario, Func<Asking, CancellationToken, Task<Asking>> sign,
        Func<DataSet, IEnumerable<string>> paths,
        Func<DataSet, IEnumerable<string>> floorPaths, CancellationToken ct)
    {
        var options = run.Options;
        var data = await run.Data(ct);
        var (server, floor) = await run.Pair(data, ct);
        var ours = await sign(new(server.Url, "GET", [.. paths(data)], null), ct);
        var theirs = ours with { Url = floor.Url, Paths = [.. floorPaths(data)] };
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

    private static Func<Asking, CancellationToken, Task<Asking>> Key(string token) =>
        (asking, _) => Task.FromResult(asking with { Header = Bearer, Token = token });

    private static Task<Asking> Pipedrive(Asking asking, CancellationToken ct) =>
        Task.FromResult(asking with { Header = "x-api-token:", Token = DataSet.PipedriveToken });

    private static Task<Asking> YSuite(Asking asking, CancellationToken ct) =>
        Task.FromResult(asking with
        {
            Header = "x-ysuite-access-key:",
            Token = DataSet.YSuiteToken,
            More = [("x-ysuite-secret-key", DataSet.YSuiteSecret)]
        });

    private static async Task<Asking> CPod(Asking asking, CancellationToken ct)
    {
        using var client = new HttpClient();
        using var answer = await client.PostAsJsonAsync(new Uri($"{asking.Url}/cpod/api/v1/auth/token"),
            new { client_id = DataSet.CPodClient, client_secret = DataSet.CPodSecret, grant_type = "client_credentials" }, ct);
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>(ct)).GetProperty("access_token").GetString();
        return asking with { Header = Bearer, Token = token };
    }

    /// <summary>The floor must not be cheaper because it says less.</summary>
    private static async Task<string> SameBytes(Asking ours, Asking theirs, CancellationToken ct)
    {
        using var client = new HttpClient();
        foreach (var (name, value) in ours.Credentials.Concat(ours.More)) client.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
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
