using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Deals;
using Tributary.Core.Fields;
using Tributary.Core.Jobs;
using Tributary.Core.Kernel;
using Tributary.Core.Leads;
using Tributary.Core.Log;
using Tributary.Core.Search;
using Tributary.Core.Storage;
using Tributary.Tests.Core.Lists;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Fields;

public sealed class TypeChangeTests
{
    [Theory, OnBothBackends]
    public async Task A_preview_counts_what_would_be_lost_and_changes_nothing(Backend backend)
    {
        var (some, field, deals) = await Filled(backend, "12", "12.50 USD", "a dozen");
        var types = new TypeChangeService(some.Db);

        var preview = await types.Preview(some.Manager, field.Id, new() { Type = FieldType.Double }, 10, CancellationToken.None);
        var without = await types.Preview(some.Manager, field.Id, new() { Type = FieldType.Double }, 0, CancellationToken.None);

        Assert.Equal(new TypeCounts(1, 0, 2), preview.Counts);
        Assert.Equal([("deal", deals[1].Id, "12.50 USD", null), ("deal", deals[2].Id, "a dozen", null)],
            preview.Examples.Select(one => (one.Subject, one.Id, one.Before, one.After)));
        Assert.Equal((preview.Counts, 0), (without.Counts, without.Examples.Count));
        Assert.Equal(field.Version, (await new FieldService(some.Db).Get(some.Manager, field.Id, CancellationToken.None)).Version);
    }

    [Theory, OnBothBackends]
    public async Task A_preview_shows_values_only_of_records_that_the_caller_sees(Backend backend)
    {
        var (some, field, _) = await Filled(backend, "ours");
        await new DealService(some.Db)
            .Create(some.Admin, new() { Title = "Hidden", VisibleTo = 1, Custom = Value(field, "mine") }, CancellationToken.None);

        var preview = await new TypeChangeService(some.Db)
            .Preview(some.Manager, field.Id, new() { Type = FieldType.Double }, 10, CancellationToken.None);

        Assert.Equal((2L, "ours"), (preview.Counts.Lost, Assert.Single(preview.Examples).Before));
    }

    [Theory, OnBothBackends]
    public async Task A_change_of_type_converts_every_value_at_once_and_logs_each(Backend backend)
    {
        var (some, field, deals) = await Filled(backend, "12", "12.50 USD", "a dozen");
        await new DealService(some.Db).Delete(some.Manager, deals[0].Id, CancellationToken.None);
        var lead = await new LeadService(some.Db)
            .Create(some.Manager, new() { Title = "Lead", PersonId = await Person(some), Custom = Value(field, "99") },
                CancellationToken.None);
        var caller = some.Manager;

        var job = await Changed(some, field, new() { Type = FieldType.Monetary });

        var after = await new FieldService(some.Db).Get(caller, field.Id, CancellationToken.None);
        Assert.Equal((FieldType.Monetary, field.Key, field.Slug, field.Version + 1), (after.Type, after.Key, after.Slug, after.Version));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"total":4,"kept":3,"reduced":0,"lost":1}"""), JsonNode.Parse(job.Result!)));
        var restored = await new DealService(some.Db).Restore(caller, deals[0].Id, CancellationToken.None);
        Assert.Equal("12 EUR", FieldConversion.Text(after, restored.Custom[after]!.Value, Catalogs.Of()));
        Assert.Equal("USD",
            (await new DealService(some.Db).Get(caller, deals[1].Id, CancellationToken.None)).Custom[after]!.Value.GetProperty("currency")
                .GetString());
        Assert.Null((await new DealService(some.Db).Get(caller, deals[2].Id, CancellationToken.None)).Custom[after]);
        Assert.Equal("99 EUR",
            FieldConversion.Text(after, (await new LeadService(some.Db).Get(caller, lead.Id, CancellationToken.None)).Custom[after]!.Value,
                Catalogs.Of()));

        await Settled.Log(some);
        var log = await new EventService(some.Db)
            .After(caller, LogPosition.Start, new() { Subject = "deal", Action = "updated" }, 100, CancellationToken.None);
        var lost = log.Events.Single(line => line.SubjectId == deals[2].Id && line.IsBulk);
        Assert.Equal(("a dozen", null, caller.UserId), (lost.Changes[0].Old!.Value.GetString(), lost.Changes[0].New, lost.ActorId));
        var ofField = (await new EventService(some.Db)
            .After(caller, LogPosition.Start, new() { Subject = "field", Action = "updated" }, 100, CancellationToken.None)).Events;
        Assert.Contains(Assert.Single(ofField).Changes,
            change => change is { Field: "type" } && change.New!.Value.GetString() == "monetary");
    }

    [Theory, OnBothBackends]
    public async Task Choices_are_made_of_the_texts_there_are_and_found_by_search_no_more(Backend backend)
    {
        var (some, field, deals) = await Filled(backend, "Gold", "gold", "Silver");

        await Changed(some, field, new() { Type = FieldType.Enum });

        var after = await new FieldService(some.Db).Get(some.Manager, field.Id, CancellationToken.None);
        Assert.Equal(["Gold", "Silver"], after.Options.Select(option => option.Label));
        var held = await new DealService(some.Db).FindMany(some.Manager, [.. deals.Select(deal => deal.Id)], CancellationToken.None);
        Assert.Equal([after.Options[0].Id, after.Options[0].Id, after.Options[1].Id],
            held.OrderBy(deal => deal.Id).Select(deal => deal.Custom[after]!.Value.GetInt64()));
        Assert.Empty((await new SearchService(some.Db).Search(some.Manager, new() { Term = "Silver" }, CancellationToken.None)).Items);
    }

    [Theory, OnBothBackends]
    public async Task A_type_that_values_cannot_become_is_refused_with_those_they_can(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var date = await new FieldService(some.Db)
            .Create(some.Manager, new() { Subject = "deal", Name = "Renewal", Type = FieldType.Date }, CancellationToken.None);
        var types = new TypeChangeService(some.Db);

        var refused =
            await Assert.ThrowsAsync<ProblemException>(() =>
                types.Preview(some.Manager, date.Id, new() { Type = FieldType.Double }, 10, CancellationToken.None));
        var stale =
            await Assert.ThrowsAsync<ProblemException>(() =>
                types.Change(some.Manager, date.Id, new() { Type = FieldType.Varchar, ExpectedVersion = 7 }, CancellationToken.None));
        var seller =
            await Assert.ThrowsAsync<ProblemException>(() =>
                types.Change(some.Member, date.Id, new() { Type = FieldType.Varchar }, CancellationToken.None));

        Assert.Equal("type must be one that date changes into: varchar, varchar_auto, text, daterange, phone.",
            refused.Problem.Fields[0].Message);
        Assert.Equal((ProblemCode.Stale, ProblemCode.Forbidden), (stale.Problem.Code, seller.Problem.Code));
    }

    [Theory, OnBothBackends]
    public async Task A_field_that_was_changed_meanwhile_keeps_its_type(Backend backend)
    {
        var (some, field, _) = await Filled(backend, "12");
        var types = new TypeChangeService(some.Db);
        var begun = await types.Change(some.Manager, field.Id, new() { Type = FieldType.Double }, CancellationToken.None);
        await new FieldService(some.Db).Update(some.Manager, field.Id, new() { Name = "Renamed" }, CancellationToken.None);

        await Run(some, begun);

        Assert.Equal(FieldType.Varchar, (await new FieldService(some.Db).Get(some.Manager, field.Id, CancellationToken.None)).Type);
    }

    [Theory, OnBothBackends]
    public async Task A_value_that_is_being_written_when_the_change_begins_changes_with_the_others(Backend backend)
    {
        var (some, field, _) = await Filled(backend, "12");
        var begun = await new TypeChangeService(some.Db)
            .Change(some.Manager, field.Id, new() { Type = FieldType.Double }, CancellationToken.None);

        Task<Job> changing;
        Deal late;
        await using (var tx = await some.Db.Write(some.Id, CancellationToken.None))
        {
            late = await DealService.Create(tx, some.Manager, new() { Title = "Late", Custom = Value(field, "7") });
            changing = Run(some, begun);
            await SomeoneWaits(some, changing);
            await tx.Commit();
        }
        var job = await changing;

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"total":2,"kept":2,"reduced":0,"lost":0}"""), JsonNode.Parse(job.Result!)));
        late = await new DealService(some.Db).Get(some.Manager, late.Id, CancellationToken.None);
        Assert.Equal("7", late.Custom[field.Key]!.Value.GetRawText());
    }

    [Theory, OnBothBackends]
    public async Task A_write_that_begins_during_the_change_is_held_to_the_new_type(Backend backend)
    {
        var (some, field, _) = await Filled(backend, "12");
        var deals = new DealService(some.Db);

        Task<Deal> late;
        await using (var tx = await some.Db.Write(some.Id, CancellationToken.None, isAlone: true))
        {
            late = deals.Create(some.Manager, new() { Title = "Late", Custom = Value(field, "a dozen") }, CancellationToken.None);
            await SomeoneWaits(some, late);
            await FieldService.Save(tx, some.Manager, field, field with { Type = FieldType.Double, Version = field.Version + 1 });
            await tx.Commit();
        }

        var refused = await Assert.ThrowsAsync<ProblemException>(() => late);
        Assert.Equal($"custom.{field.Key}", Assert.Single(refused.Problem.Fields).Field);
    }

    /// <summary>Until the work waits for a lock that others of its workspace hold, or has ended without waiting.</summary>
    private static async Task SomeoneWaits(SomeWorkspace some, Task work)
    {
        // SQLite has one writer: whoever has asked for it waits already.
        while (some.Db.Backend is "postgres" && !work.IsCompleted)
        {
            await using var tx = await some.Db.ReadEverywhere(CancellationToken.None);
            var waiting = await tx.One<long>("""
                SELECT COUNT(*)
                FROM pg_locks
                WHERE locktype = 'advisory' AND NOT granted AND CAST(classid AS BIGINT) = @Id
                  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                """, new { some.Id });
            if (waiting > 0) return;
        }
    }

    private static async Task<(SomeWorkspace Some, FieldDefinition Field, IReadOnlyList<Deal> Deals)> Filled(Backend backend,
        params string[] values)
    {
        var some = await Some.Workspace(backend);
        var field = await new FieldService(some.Db)
            .Create(some.Manager, new() { Subject = "deal", Name = "Budget", Type = FieldType.Varchar }, CancellationToken.None);
        var deals = new List<Deal>();
        foreach (var value in values)
        {
            deals.Add(await new DealService(some.Db)
                .Create(some.Manager, new() { Title = value, Custom = Value(field, value) }, CancellationToken.None));
        }
        foreach (var deal in deals) await new DealService(some.Db)
            .Update(some.Manager, deal.Id, new() { Title = "A deal" }, CancellationToken.None);
        return (some, field, deals);
    }

    private static CustomPatch Value(FieldDefinition field, string text) =>
        new(new Dictionary<string, JsonElement> { [field.Key] = JsonSerializer.SerializeToElement(text) });

    private static async Task<long> Person(SomeWorkspace some) =>
        (await new Tributary.Core.Contacts.PersonService(some.Db).Create(some.Manager, new() { Name = "Pia" }, CancellationToken.None)).Id;

    private static async Task<Job> Changed(SomeWorkspace some, FieldDefinition field, NewType to)
    {
        var job = await new TypeChangeService(some.Db).Change(some.Manager, field.Id, to, CancellationToken.None);
        return await Run(some, job);
    }

    private static async Task<Job> Run(SomeWorkspace some, Job job)
    {
        var jobs = new JobService(some.Db);
        while (await jobs.Step(some.Id, CancellationToken.None)) { }
        return await jobs.Get(some.Manager, job.Uid, CancellationToken.None);
    }
}
