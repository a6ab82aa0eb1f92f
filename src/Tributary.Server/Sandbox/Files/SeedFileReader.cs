using Tributary.Core.Kernel;
using Tributary.Core.Pipelines;
using Tributary.Server.Commands;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Tributary.Server.Sandbox.Files;

/// <summary>Reads a file of fixtures. Everything wrong is said at once, each by its line and member; nothing is guessed.</summary>
internal static class SeedFileReader
{
    private const int MaxBytes = 1024 * 1024;

    /// <summary>The people who are always there, under the words that a file may use for them.</summary>
    public static readonly string[] Usual = ["admin", "seller", "manager"];

    public static SeedFile Read(string path)
    {
        if (!File.Exists(path)) throw new SettingsException([$"{path}: there is no such file."]);
        if (new FileInfo(path).Length > MaxBytes) throw new SettingsException([$"{path}: may have at most {MaxBytes / 1024} KiB."]);
        return Parse(Path.GetFileName(path), File.ReadAllText(path));
    }

    public static SeedFile Parse(string name, string text)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException unreadable)
        {
            throw new SettingsException([$"{name}:{unreadable.Start.Line}: is not YAML here: {unreadable.Message}"]);
        }
        if (stream.Documents.Count != 1) throw new SettingsException([$"{name}:1: must be one document of YAML."]);

        var wrong = new List<string>();
        var root = new SeedNode(name, "", stream.Documents[0].RootNode, wrong);
        var file = new SeedFile
        {
            At = root.At,
            Currency = root.Text("currency", 3),
            Rates = root.Map("rates", (rates, code) => new SeedRate(rates.At, code, rates.Number(code) ?? 0)),
            Users = root.List("users",
                user => new SeedUser(user.At, user.Required("name"), user.Required("email"),
                    user.Word("role", Role.Member, ("admin", Role.Admin), ("manager", Role.Manager), ("member", Role.Member)))),
            Pipelines =
                root.List("pipelines",
                    pipeline => new SeedPipeline(pipeline.At, pipeline.Required("name"), pipeline.List("stages", Stage))),
            Organizations =
                root.List("organizations",
                    one => new SeedOrganization(one.At, one.Required("name"), one.Text("industry"), one.Text("website"),
                        one.Text("owner"))),
            Persons =
                root.List("persons",
                    one => new SeedPerson(one.At, one.Required("name"), one.Text("organization"), one.Text("email"), one.Text("phone"),
                        one.Text("job_title"), one.Text("owner"))),
            Deals = root.List("deals", Deal),
        };
        root.Done();
        SeedReferences.Check(file, wrong);
        if (wrong.Count > 0) throw new SettingsException(wrong);
        return file;
    }

    private static SeedStage Stage(SeedNode stage) =>
        new(stage.At, stage.Required("name"),
            stage.Word("kind", StageKind.Open, ("open", StageKind.Open), ("won", StageKind.Won), ("lost", StageKind.Lost)),
        stage.Number("probability"), stage.Whole("rotten_days"));

    private static SeedDeal Deal(SeedNode deal) => new(deal.At, deal.Required("title"))
    {
        Pipeline = deal.Required("pipeline"),
        Stage = deal.Text("stage"),
        Status = deal.Word("status", "open", ("open", "open"), ("won", "won"), ("lost", "lost")),
        Value = deal.Number("value"),
        Currency = deal.Text("currency", 3),
        Owner = deal.Text("owner"),
        Organization = deal.Text("organization"),
        Person = deal.Text("person"),
        ExpectedClose = deal.Day("expected_close"),
        LostReason = deal.Text("lost_reason"),
        Tags = deal.Texts("tags"),
        Added = deal.Day("added"),
        Closed = deal.Day("closed"),
    };
}

/// <summary>Whether the names that a file refers to are in it, each once. Pure.</summary>
internal static class SeedReferences
{
    private static readonly DateOnly first = DateOnly.FromDateTime(SandboxWorkspace.Founded.UtcDateTime);
    private static readonly DateOnly last = DateOnly.FromDateTime(SandboxWorkspace.Today.UtcDateTime);

    public static void Check(SeedFile file, List<string> wrong)
    {
        Once(file.Users, user => user.Email, user => user.At, "email", wrong);
        Once(file.Pipelines, pipeline => pipeline.Name, pipeline => pipeline.At, "name", wrong);
        Once(file.Organizations, one => one.Name, one => one.At, "name", wrong);
        Once(file.Persons, one => one.Name, one => one.At, "name", wrong);
        var owners = SeedFileReader.Usual.Concat(file.Users.Select(user => user.Email)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var organizations = file.Organizations.Select(one => one.Name).ToHashSet(StringComparer.Ordinal);
        var persons = file.Persons.Select(one => one.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var pipeline in file.Pipelines)
        {
            if (!pipeline.Stages.Any(stage => stage.Kind is StageKind.Open))
            {
                wrong.Add(pipeline.At.Say("stages", "must hold at least one open stage."));
            }
            Once(pipeline.Stages, stage => stage.Name, stage => stage.At, "name", wrong);
        }
        foreach (var one in file.Organizations) Known(one.At, "owner", one.Owner, owners, wrong);
        foreach (var one in file.Persons)
        {
            Known(one.At, "owner", one.Owner, owners, wrong);
            Known(one.At, "organization", one.Organization, organizations, wrong);
        }
        foreach (var deal in file.Deals)
        {
            Known(deal.At, "owner", deal.Owner, owners, wrong);
            Known(deal.At, "organization", deal.Organization, organizations, wrong);
            Known(deal.At, "person", deal.Person, persons, wrong);
            Place(file, deal, wrong);
            Days(deal, wrong);
        }
    }

    private static void Place(SeedFile file, SeedDeal deal, List<string> wrong)
    {
        if (deal.Pipeline.Length == 0) return;
        if (file.Pipelines.FirstOrDefault(pipeline => pipeline.Name == deal.Pipeline) is not { } pipeline)
        {
            wrong.Add(
                deal.At.Say("pipeline",
                    $"there is no pipeline \"{deal.Pipeline}\" in this file.{Among(file.Pipelines.Select(one => one.Name))}"));
            return;
        }
        var open = pipeline.Stages.Where(stage => stage.Kind is StageKind.Open).Select(stage => stage.Name).ToList();
        if (deal.Stage is { } stage && !open.Contains(stage))
        {
            wrong.Add(deal.At.Say("stage", $"there is no open stage \"{stage}\" in {pipeline.Name}.{Among(open)}"));
        }
        if (deal.LostReason is not null && deal.Status != "lost")
        {
            wrong.Add(deal.At.Say("lost_reason", "is only for deals whose status is lost."));
        }
    }

    private static void Days(SeedDeal deal, List<string> wrong)
    {
        if (deal.Added is { } added && (added < first || added > last))
        {
            wrong.Add(deal.At.Say("added", $"must be from {first:yyyy-MM-dd} to {last:yyyy-MM-dd}, the sandbox's own time."));
        }
        if (deal.Closed is not { } closed) return;
        if (deal.Status == "open") wrong.Add(deal.At.Say("closed", "is only for deals whose status is won or lost."));
        else if (closed < (deal.Added ?? first) || closed > last)
            wrong.Add(deal.At.Say("closed", $"must be from the day it was added to {last:yyyy-MM-dd}."));
    }

    private static void Known(SeedPlace at, string member, string? name, HashSet<string> known, List<string> wrong)
    {
        if (name is not null && !known.Contains(name))
        {
            wrong.Add(at.Say(member, $"nothing in this file is called \"{name}\".{Among(known)}"));
        }
    }

    private static void Once<T>(IEnumerable<T> all, Func<T, string> name, Func<T, SeedPlace> at, string member, List<string> wrong)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var one in all) if (name(one).Length > 0 && !seen.Add(name(one)))
        {
            wrong.Add(at(one).Say(member, $"\"{name(one)}\" stands here a second time."));
        }
    }

    private static string Among(IEnumerable<string> names) =>
        names.Where(name => name.Length > 0).Take(12).ToList() is { Count: > 0 } some ? $" Known are {string.Join(", ", some)}." : "";
}
