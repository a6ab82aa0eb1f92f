using Tributary.Core.Fields;
using Tributary.Core.Pipelines;

namespace Tributary.Server.Sandbox.Files;

/// <summary>Whether the names that a file refers to are in it, each once. Pure.</summary>
internal static class SeedReferences
{
    private static readonly DateOnly first = DateOnly.FromDateTime(SandboxWorkspace.Founded.UtcDateTime);
    private static readonly DateOnly furthest = new(2399, 12, 31);

    public static void Check(SeedFile file, List<string> wrong)
    {
        if (file.Today < first || file.Today > furthest)
        {
            wrong.Add(file.At.Say("today", $"must be from {first:yyyy-MM-dd} to {furthest:yyyy-MM-dd}."));
        }
        Once(file.LostReasons, one => one.Name, one => one.At, "name", wrong);
        Once(file.ActivityTypes, one => one.Name, one => one.At, "name", wrong);
        Once(file.Users, user => user.Email, user => user.At, "email", wrong);
        Once(file.Pipelines, pipeline => pipeline.Name, pipeline => pipeline.At, "name", wrong);
        Once(file.Organizations, one => one.Name, one => one.At, "name", wrong);
        Once(file.Persons, one => one.Name, one => one.At, "name", wrong);
        Once(file.Products, one => one.Name, one => one.At, "name", wrong);
        foreach (var of in file.Labels.GroupBy(label => label.Subject)) Once(of, label => label.Name, label => label.At, "name", wrong);
        foreach (var of in file.Fields.GroupBy(field => field.Subject)) Once(of, field => field.Name, field => field.At, "name", wrong);
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
        foreach (var one in file.Organizations)
        {
            Known(one.At, "owner", one.Owner, owners, wrong);
            More(file, "organization", "organization", one.At, one.More, owners, wrong);
        }
        foreach (var one in file.Persons)
        {
            Known(one.At, "owner", one.Owner, owners, wrong);
            Known(one.At, "organization", one.Organization, organizations, wrong);
            More(file, "person", "person", one.At, one.More, owners, wrong);
        }
        foreach (var one in file.Products)
        {
            Known(one.At, "owner", one.Owner, owners, wrong);
            Once(one.Variations, variation => variation.Name, variation => variation.At, "name", wrong);
            More(file, "product", "product", one.At, one.More, owners, wrong);
        }
        foreach (var lead in file.Leads)
        {
            Known(lead.At, "owner", lead.Owner, owners, wrong);
            Known(lead.At, "organization", lead.Organization, organizations, wrong);
            Known(lead.At, "person", lead.Person, persons, wrong);
            // Leads have the custom fields of deals.
            More(file, "lead", "deal", lead.At, lead.More, owners, wrong);
        }
        foreach (var activity in file.Activities) Known(activity.At, "owner", activity.Owner, owners, wrong);
        foreach (var deal in file.Deals)
        {
            Known(deal.At, "owner", deal.Owner, owners, wrong);
            Known(deal.At, "organization", deal.Organization, organizations, wrong);
            Known(deal.At, "person", deal.Person, persons, wrong);
            More(file, "deal", "deal", deal.At, deal.More, owners, wrong);
            foreach (var line in deal.Products) Line(file, line, wrong);
            foreach (var one in deal.Participants) Known(one.At, "person", one.Person, persons, wrong);
            Once(deal.Participants, one => one.Person, one => one.At, "person", wrong);
            Place(file, deal, wrong);
            Outcome(deal, wrong);
            Days(deal, file.Today, wrong);
        }
    }

    /// <param name="labelled">Whose labels the record has.</param>
    /// <param name="fielded">Whose custom fields it has.</param>
    private static void More(SeedFile file, string labelled, string fielded, SeedPlace at, SeedMore more, HashSet<string> owners,
        List<string> wrong)
    {
        var labels = file.Labels.Where(label => label.Subject == labelled).Select(label => label.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var label in more.Labels) Known(at, "labels", label, labels, wrong);
        foreach (var value in more.Custom)
        {
            if (file.Fields.FirstOrDefault(field => field.Subject == fielded && field.Name == value.Field) is not { } field)
            {
                wrong.Add(value.At.Say(value.Field, $"there is no field of this name for {fielded}s in this file."
                    + Among(file.Fields.Where(one => one.Subject == fielded).Select(one => one.Name))));
            }
            else if (SeedCustom.WrongIn(file, field, value.Written, owners) is { } problem)
            {
                wrong.Add(value.At.Say(value.Field, problem));
            }
        }
        foreach (var follower in more.Followers) Known(at, "followers", follower, owners, wrong);
        foreach (var activity in more.Activities) Known(activity.At, "owner", activity.Owner, owners, wrong);
        foreach (var note in more.Notes) Known(note.At, "owner", note.Owner, owners, wrong);
    }

    private static void Line(SeedFile file, SeedLine line, List<string> wrong)
    {
        if (line.Product.Length == 0) return;
        Known(line.At, "product", line.Product, [.. file.Products.Select(product => product.Name)], wrong);
        if (line.Variation is null || file.Products.FirstOrDefault(one => one.Name == line.Product) is not { } product) return;
        Known(line.At, "variation", line.Variation, [.. product.Variations.Select(variation => variation.Name)], wrong);
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
    }

    private static void Outcome(SeedDeal deal, List<string> wrong)
    {
        Only("lost", "lost_reason", deal.LostReason);
        Only("lost", "loss_category", deal.LossCategory);
        Only("won", "won_reason", deal.WonReason);

        void Only(string status, string member, string? given)
        {
            if (given is not null && deal.Status != status) wrong.Add(deal.At.Say(member, $"is only for deals whose status is {status}."));
        }
    }

    private static void Days(SeedDeal deal, DateOnly last, List<string> wrong)
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
