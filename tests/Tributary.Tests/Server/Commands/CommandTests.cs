using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Keys;
using Tributary.Core.Sessions;
using Tributary.Core.Users;
using Tributary.Server.Commands;
using Tributary.Server.Export;
using Tributary.Server.Hosting;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Commands;

/// <summary>Commands as the operator runs them, with what they print caught.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly StringWriter output = new();
    private readonly Terminal terminal;

    public CommandTests() => terminal = new(output, TextWriter.Null, isScreen: false);

    public void Dispose() => output.Dispose();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task A_key_made_by_the_command_opens_until_it_is_revoked(Backend backend)
    {
        var some = await Some.Workspace(backend);

        await KeyCommand.Create(terminal, some.Db, Id(some), new() { Dialect = "switch", Name = "Nightly", Scopes = ["deals:read"] }, null,
            json: true, Ct);
        var made = Json();
        var keys = new KeyService(some.Db, SeededRandom.Of(1));
        var token = made.GetProperty("token").GetString()!;
        var opened = await keys.Resolve("switch", token, null, null, Ct);
        await KeyCommand.Revoke(terminal, some.Db, Id(some), made.GetProperty("id").GetInt64(), json: false, Ct);
        await KeyCommand.List(terminal, some.Db, Id(some), json: false, Ct);

        Assert.Equal(some.Id, opened?.Workspace);
        Assert.Null(await keys.Resolve("switch", token, null, null, Ct));
        Assert.Contains("revoked", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(token, output.ToString(), StringComparison.Ordinal);
    }

    [Theory, OnBothBackends]
    public async Task A_token_of_an_app_outlives_one_rotation_by_the_command_and_not_two(Backend backend)
    {
        await using var own = await OwnDatabase.Open(backend);
        var some = await Some.Workspace(own.Db);
        var apps = new AppService(own.Db, SeededRandom.Of(4), new InstanceSecrets(own.Db, SeededRandom.Of(3)));
        var app = await apps.Create(some.Admin, new() { Name = "Portal" }, Ct);
        var token = (await apps.TokenFor(app.App.ClientId, app.ClientSecret, null, Ct))!.AccessToken;

        await SigningKeyCommand.Rotate(terminal, own.Db, Ct);
        var afterOne = await Server().ResolveJwt(token, Ct);
        await SigningKeyCommand.Rotate(terminal, own.Db, Ct);
        var afterTwo = await Server().ResolveJwt(token, Ct);

        Assert.Equal(some.Id, afterOne?.Workspace);
        Assert.Null(afterTwo);

        AppService Server() => new(own.Db, SeededRandom.Of(4), new InstanceSecrets(own.Db, SeededRandom.Of(3)));
    }

    [Theory, OnBothBackends]
    public async Task A_user_signs_in_with_the_printed_password_until_they_are_deactivated(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var email = $"ines.{some.Id}.{backend}@some.test".ToLowerInvariant();

        await UserCommand.Add(terminal, some.Db, Id(some), new() { Name = "Ines", Email = email, Role = Role.Manager }, json: true, Ct);
        var first = Json().GetProperty("password").GetString()!;
        Assert.True(await SignsIn(some, email, first));
        await UserCommand.Password(terminal, some.Db, Id(some), email, "a new password", json: false, Ct);

        Assert.False(await SignsIn(some, email, first));
        Assert.True(await SignsIn(some, email, "a new password"));
        await UserCommand.Deactivate(terminal, some.Db, Id(some), email, json: false, Ct);
        Assert.False(await SignsIn(some, email, "a new password"));
    }

    [Fact]
    public async Task A_short_password_and_an_unknown_workspace_are_refused()
    {
        var some = await Some.Workspace(Backend.Sqlite);

        await Assert.ThrowsAsync<ProblemException>(() =>
            UserCommand.Password(terminal, some.Db, Id(some), "ada.admin@some.test", "short", json: false, Ct));
        var refused = await Assert.ThrowsAsync<ProblemException>(() => UserCommand.List(terminal, some.Db, "nowhere", json: false, Ct));
        Assert.Contains("--workspace", refused.Message, StringComparison.Ordinal);
    }

    [Theory, OnBothBackends]
    public async Task A_fresh_database_verifies_clean(Backend backend)
    {
        await using var own = await OwnDatabase.Open(backend);
        await Some.Workspace(own.Db);

        Assert.Equal(Outcome.Done, await VerifyCommand.Run(terminal, own.Db, repair: false, json: true, Ct));
        Assert.Equal(0, Json().GetProperty("differences").GetArrayLength());
    }

    [Theory, OnBothBackends]
    public async Task Deals_are_exported_whole_in_both_formats(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deals = new DealService(some.Db);
        await deals.Create(some.Admin, new() { Title = "Plain", Value = 12.5m, Currency = "EUR" }, Ct);
        var archived = await deals.Create(some.Admin, new() { Title = "=1+1, \"twice\"" }, Ct);
        await deals.Update(some.Admin, archived.Id, new() { Archived = true }, Ct);

        await ExportCommand.Run(terminal, some.Db, Id(some), "deals", ExportFormat.Csv, null, Ct);
        var csv = Taken().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        await ExportCommand.Run(terminal, some.Db, Id(some), "deals", ExportFormat.Jsonl, null, Ct);
        var lines = Taken().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)
            .ToList();

        Assert.StartsWith("id,uid,number,title,value,currency,", csv[0], StringComparison.Ordinal);
        Assert.Contains(",Plain,12.5,EUR,Sales,Qualified,open,", csv[1], StringComparison.Ordinal);
        Assert.Contains(",\"'=1+1, \"\"twice\"\"\",", csv[2], StringComparison.Ordinal);
        Assert.Equal(["Plain", "=1+1, \"twice\""], lines.Select(line => line.GetProperty("title").GetString()));
        Assert.Equal(12.5m, lines[0].GetProperty("value").GetDecimal());
    }

    [Theory]
    [InlineData("=SUM(A1)", "'=SUM(A1)")]
    [InlineData("+49 30", "'+49 30")]
    [InlineData("-", "'-")]
    [InlineData("@here", "'@here")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("1=1", "1=1")]
    public void A_text_that_a_spreadsheet_would_run_is_defused(string text, string cell) => Assert.Equal(cell, Cells.Csv(text));

    [Fact]
    public void A_negative_number_is_no_formula() => Assert.Equal("-12.50", Cells.Csv(-12.50m));

    [Theory]
    [InlineData("Tributary:Urls", "elsewhere", "Tributary:Urls")]
    [InlineData("Tributary:LogLevel", "Loud", "Tributary:LogLevel")]
    [InlineData("Tributary:Dialects:Pipedrive:Port", "70000", "Tributary:Dialects:Pipedrive:Port")]
    [InlineData("Tributary:Dialects:Other:Port", "7000", "Other")]
    [InlineData("Tributary:Limits:WindowSeconds", "x", "Tributary:Limits:WindowSeconds")]
    [InlineData("Tributary:Databse", "typing error", "Databse")]
    public void A_wrong_setting_is_named(string name, string value, string named)
    {
        var refused =
            Assert.Throws<SettingsException>(
                () => Settings.Read(sources => sources.AddInMemoryCollection(new Dictionary<string, string?> { [name] = value })));

        Assert.Contains(named, Assert.Single(refused.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_run_makes_a_workspace_and_the_second_leaves_it_alone()
    {
        var options = new TributaryOptions { DataFolder = Leftovers.Folder() };

        var welcome = await Serve.MakeFile(options, withDemo: false, terminal, Ct);
        await using var db = Databases.Open(options, TimeProvider.System);

        Assert.NotNull(welcome);
        Assert.Null(await Serve.MakeFile(options, withDemo: false, terminal, Ct));
        Assert.Null(await Serve.BringUp(db, options, withDemo: false, terminal, Ct));
        Assert.NotNull(await new KeyService(db, SeededRandom.Of(1)).Resolve("native", welcome.Keys["native"].Token, null, null, Ct));
        Assert.NotNull(await new KeyService(db, SeededRandom.Of(1))
            .Resolve("ysuite", welcome.Keys["ysuite"].Token, welcome.Keys["ysuite"].Secret, null, Ct));
        var candidate = Assert.Single(await new SessionService(db, SeededRandom.Of(1)).Find(welcome.Email, Ct));
        Assert.True(Passwords.Fits(candidate.PasswordHash, welcome.Password));
    }

    [Fact]
    public async Task A_backup_is_restored_with_what_it_held()
    {
        var options = new TributaryOptions { DataFolder = Leftovers.Folder() };
        await Serve.MakeFile(options, withDemo: false, terminal, Ct);
        var file = Path.Combine(options.DataFolder, "copy.db");

        Assert.Equal(Outcome.Done, BackupCommand.Run(terminal, options, file, json: false, Ct));
        File.Delete(Databases.FileOf(options));
        Taken();
        Assert.Equal(Outcome.Done, RestoreCommand.Run(terminal, options, file, force: false, json: true));

        Assert.Equal(1, Json().GetProperty("workspaces").GetInt64());
        Assert.True(File.Exists(Databases.FileOf(options)));
    }

    private static async Task<bool> SignsIn(SomeWorkspace some, string email, string password) =>
        (await new SessionService(some.Db, SeededRandom.Of(1)).Find(email, Ct))
        .Any(candidate => Passwords.Fits(candidate.PasswordHash, password));

    private static string Id(SomeWorkspace some) => some.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private JsonElement Json() => JsonDocument.Parse(Taken()).RootElement;

    private string Taken()
    {
        var text = output.ToString();
        output.GetStringBuilder().Clear();
        return text;
    }
}
