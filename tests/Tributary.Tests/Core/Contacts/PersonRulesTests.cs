using Tributary.Core.Catalog;
using Tributary.Core.Contacts;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Contacts;

public sealed class PersonRulesTests
{
    // Cards read the column as it is stored; whole persons the record of it.
    [Theory]
    [InlineData("""[]""", null)]
    [InlineData("""[{"value":"a@x.example","label":"work","primary":false}]""", "a@x.example")]
    [InlineData("""[{"value":"a@x.example","label":"","primary":false},{"value":"b@x.example","label":"value","primary":true}]""",
        "b@x.example")]
    [InlineData("""[{"value":"a@x.example","label":"","primary":false},{"value":"b@x.example","label":"home","primary":false}]""",
        "a@x.example")]
    [InlineData("""[{"primary":true,"label":"primary","value":"c\u00e9@x.example"}]""", "c\u00e9@x.example")]
    public void The_primary_address_is_the_same_however_it_is_read(string stored, string? primary)
    {
        Assert.Equal(primary, ContactPoints.Primary(stored));
        Assert.Equal(primary,
            System.Text.Json.JsonSerializer.Deserialize<Seq<ContactPoint>>(stored, Tributary.Core.Storage.Documents.Options)!.Primary());
    }

    [Theory]
    [InlineData("Jane Doe", "Jane", "Doe")]
    [InlineData("Jane van der Doe", "Jane", "van der Doe")]
    [InlineData("  Madonna ", "Madonna", null)]
    public void A_full_name_is_parted_at_its_first_space(string name, string first, string? last)
    {
        var person = PersonRules.Create(new() { Name = name }, Context());

        Assert.Equal((name.Trim(), first, last), (person.Name, person.FirstName, person.LastName));
    }

    [Theory]
    [InlineData("Jane", "Doe", "Jane Doe")]
    [InlineData("Jane", null, "Jane")]
    [InlineData(null, "Doe", "Doe")]
    public void First_and_last_name_make_the_full_name(string? first, string? last, string name)
    {
        Assert.Equal(name, PersonRules.Create(new() { FirstName = first, LastName = last }, Context()).Name);
    }

    [Fact]
    public void A_full_name_that_is_stated_beside_its_parts_stays_as_stated()
    {
        var person = PersonRules.Create(new() { Name = "Dr. Doe", FirstName = "Jane", LastName = "Doe" }, Context());

        Assert.Equal(("Dr. Doe", "Jane", "Doe"), (person.Name, person.FirstName, person.LastName));
    }

    [Fact]
    public void A_new_last_name_changes_the_full_name()
    {
        var person = PersonRules.Create(new() { Name = "Jane Doe" }, Context());

        Assert.Equal("Jane Miller", PersonRules.Apply(person, new() { LastName = "Miller" }, Context()).Name);
    }

    [Fact]
    public void A_person_needs_a_name() => Assert.Equal(["name"], Refused(new()));

    [Fact]
    public void A_person_keeps_its_name_when_something_else_changes()
    {
        var person = PersonRules.Create(new() { Name = "Dr. Doe", FirstName = "Jane", LastName = "Doe" }, Context());

        Assert.Equal("Dr. Doe", PersonRules.Apply(person, new() { JobTitle = "Buyer" }, Context()).Name);
    }

    [Fact]
    public void The_first_address_is_the_primary_when_none_is_said_to_be()
    {
        var person =
            PersonRules.Create(new() { Name = "A", Emails = (Seq<ContactPoint>)[new("a@x.test", "work"), new("b@x.test", "home")] },
                Context());

        Assert.Equal([new("a@x.test", "work", true), new("b@x.test", "home", false)], person.Emails);
        Assert.Equal("a@x.test", person.Email);
    }

    [Fact]
    public void Blank_addresses_are_dropped()
    {
        Assert.Empty(PersonRules.Create(new() { Name = "A", Emails = (Seq<ContactPoint>)[new(" ", "work", true)] }, Context()).Emails);
    }

    [Fact]
    public void Two_primaries_are_refused()
    {
        Assert.Equal(["phones"],
            Refused(new() { Name = "A", Phones = (Seq<ContactPoint>)[new("1", "work", true), new("2", "home", true)] }));
    }

    [Theory]
    [InlineData("ada@example.com", true)]
    [InlineData("ada+deals@mail.example.co.uk", true)]
    [InlineData("åsa@exämple.se", true)]
    [InlineData("ada@localhost", true)]
    [InlineData("ada", false)]
    [InlineData("@example.com", false)]
    [InlineData("ada@", false)]
    [InlineData("ada lovelace@example.com", false)]
    [InlineData("ada@ex..com", false)]
    [InlineData("a@b.c,d@e.f", false)]
    public void An_e_mail_address_is_well_formed(string address, bool accepted)
    {
        var patch = new PersonPatch { Name = "A", Emails = (Seq<ContactPoint>)[new(address)] };

        if (accepted) Assert.Equal(address, PersonRules.Create(patch, Context()).Email);
        else Assert.Equal(["emails"], Refused(patch));
    }

    [Fact]
    public void A_phone_number_is_any_short_text()
    {
        Assert.Equal("+49 (0)30 / 12-34 ext. 5",
            PersonRules.Create(new() { Name = "A", Phones = (Seq<ContactPoint>)[new("+49 (0)30 / 12-34 ext. 5")] }, Context()).Phone);
        Assert.Equal(["phones"], Refused(new() { Name = "A", Phones = (Seq<ContactPoint>)[new(new string('1', 256))] }));
    }

    [Fact]
    public void Every_wrong_field_is_named_at_once()
    {
        var patch = new PersonPatch
        {
            OwnerId = 99,
            VisibleTo = 2,
            LabelIds = (Seq<long>)[7],
            TagIds = (Seq<long>)[8],
            Birthday = new DateOnly(2030, 1, 1),
            Emails = (Seq<ContactPoint>)[new("nobody")],
            OrgId = 5,
        };

        var refused = Refused(patch, Context() with { OrgExists = false });

        Assert.Equal(["birthday", "emails", "label_ids", "name", "org_id", "owner_id", "tag_ids", "visible_to"],
            refused.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_address_of_blanks_is_none_and_a_long_part_is_named()
    {
        Assert.Null(PersonRules.Create(new() { Name = "A", Address = new PostalAddress { Value = " ", Country = "" } }, Context()).Address);
        Assert.Equal(["address.locality"], Refused(new() { Name = "A", Address = new PostalAddress { Locality = new string('x', 256) } }));
    }

    [Fact]
    public void Nothing_changes_when_the_patch_says_what_is_there()
    {
        var person = PersonRules.Create(new() { Name = "Jane Doe", Emails = (Seq<ContactPoint>)[new("a@x.test")] }, Context());

        Assert.Same(person, PersonRules.Apply(person, new() { Name = "Jane Doe", Emails = person.Emails, Address = null }, Context()));
    }

    [Fact]
    public void A_change_of_a_deleted_person_is_refused_unless_it_restores_them()
    {
        var person = PersonRules.Apply(PersonRules.Create(new() { Name = "A" }, Context()), new() { Deleted = true }, Context());

        var refusal = Assert.Throws<ProblemException>(() => PersonRules.Apply(person, new() { JobTitle = "Buyer" }, Context()));

        Assert.Equal(ProblemCode.Conflict, refusal.Problem.Code);
        Assert.Null(PersonRules.Apply(person, new() { Deleted = false, JobTitle = "Buyer" }, Context()).DeletedAt);
    }

    [Fact]
    public void A_writer_who_read_an_older_version_is_refused()
    {
        var person = PersonRules.Create(new() { Name = "A" }, Context());

        var refusal =
            Assert.Throws<ProblemException>(() => PersonRules.Apply(person, new() { ExpectedVersion = 2, Name = "B" }, Context()));

        Assert.Equal(ProblemCode.Stale, refusal.Problem.Code);
    }

    private static IEnumerable<string> Refused(PersonPatch patch, ContactContext? context = null) =>
        Assert.Throws<ProblemException>(() => PersonRules.Create(patch, context ?? Context())).Problem.Fields.Select(error => error.Field);

    internal static ContactContext Context() => new()
    {
        Catalog = new(new() { Id = 1, Uid = default, Name = "W", BaseCurrency = "EUR", TimeZone = "UTC", AddedAt = TestClock.Start }, 1, [],
            [], [], [], [], [], [], [], [], []),
        Caller = Caller.System(1),
        Now = TestClock.Start,
        Custom = CustomValues.None,
    };
}
