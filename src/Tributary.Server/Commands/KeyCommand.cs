using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Tributary.Core.Kernel;
using Tributary.Core.Keys;
using Tributary.Core.Storage;

namespace Tributary.Server.Commands;

/// <summary>"tributary key": the API keys of a workspace.</summary>
internal static class KeyCommand
{
    public static Command Command()
    {
        var workspace = new Option<string?>("--workspace")
        {
            Description = "The workspace's id or name; needed when there are several.",
            Recursive = true,
        };
        var json = new Option<bool>("--json") { Description = "Print JSON.", Recursive = true };
        return new("key", """
            Make, list and revoke API keys.

            Examples:
              tributary key create --dialect pipedrive --name "Nightly export" --scope read
              tributary key list
              tributary key revoke 7
            """)
        {
            workspace, json, Create(workspace, json), List(workspace, json), Revoke(workspace, json),
        };
    }

    public static async Task<int> Create(Terminal terminal, Db db, string? workspace, NewKey given, string? user, bool json,
        CancellationToken ct)
    {
        var (caller, _) = await Databases.Operator(db, workspace, ct);
        var owner = await UserCommand.Find(db, caller, user, ct);
        var created = await new KeyService(db, RandomNumberGenerator.Fill).Create(caller, given with { UserId = owner.Id }, ct);
        if (json)
        {
            terminal.Json(new JsonObject
            {
                ["id"] = created.Key.Id,
                ["dialect"] = created.Key.Dialect,
                ["token"] = created.Token,
                ["secret"] = created.Secret,
                ["user"] = owner.Email
            });
            return Outcome.Done;
        }
        terminal.Line($"Key {created.Key.Id} for {created.Key.Dialect}, acting as {owner.Email}. Its text is shown only now:");
        terminal.Line(created.Token);
        if (created.Secret is not null) terminal.Line(created.Secret);
        return Outcome.Done;
    }

    public static async Task<int> List(Terminal terminal, Db db, string? workspace, bool json, CancellationToken ct)
    {
        var (caller, _) = await Databases.Operator(db, workspace, ct);
        var keys = await new KeyService(db, RandomNumberGenerator.Fill).List(caller, ct);
        if (json)
        {
            terminal.Json(new JsonArray([.. keys.Select(key => new JsonObject
            {
                ["id"] = key.Id,
                ["dialect"] = key.Dialect,
                ["name"] = key.Name,
                ["prefix"] = key.Prefix,
                ["user_id"] = key.UserId,
                ["scopes"] = new JsonArray([.. key.Scopes.Select(scope => JsonValue.Create(scope))]),
                ["last_used_at"] = key.LastUsedAt,
                ["expires_at"] = key.ExpiresAt,
                ["revoked_at"] = key.RevokedAt,
            })]));
            return Outcome.Done;
        }
        terminal.Table(["Id", "Dialect", "Name", "Begins", "User", "Scopes", "Last used", "State"], keys.Select(key => new[]
        {
            Text(key.Id), key.Dialect, key.Name, key.Prefix, Text(key.UserId), string.Join(' ', key.Scopes),
            key.LastUsedAt?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), State(key, db.Now()),
        }));
        return Outcome.Done;
    }

    public static async Task<int> Revoke(Terminal terminal, Db db, string? workspace, long id, bool json, CancellationToken ct)
    {
        var (caller, _) = await Databases.Operator(db, workspace, ct);
        var key = await new KeyService(db, RandomNumberGenerator.Fill).Revoke(caller, id, ct);
        if (json) terminal.Json(new JsonObject { ["id"] = key.Id, ["revoked_at"] = key.RevokedAt });
        else terminal.Line($"Key {key.Id} ({key.Name}) opens nothing any more.");
        return Outcome.Done;
    }

    private static Command Create(Option<string?> workspace, Option<bool> json)
    {
        var dialect = new Option<string>("--dialect")
        {
            Description = "native, pipedrive, automatenexus, switch or ysuite.",
            DefaultValueFactory = _ => "native",
        };
        var name = new Option<string>("--name") { Description = "What the key is for.", Required = true };
        var user = new Option<string?>("--user") { Description = "E-mail address of the user it acts as; left out: the first admin." };
        var scope = new Option<string[]>("--scope")
        {
            Description = "\"*\", read, or noun:read and noun:write; may be repeated.",
            DefaultValueFactory = _ => ["*"],
        };
        var days = new Option<int?>("--days") { Description = "It expires after so many days." };
        var command = new Command("create", "Make a key. Its text is printed once and stored nowhere.") { dialect, name, user, scope,
            days };
        command.SetAction((parsed, ct) => Databases.Use(db => Create(Terminal.Current, db, parsed.GetValue(workspace), new()
        {
            Dialect = parsed.GetRequiredValue(dialect),
            Name = parsed.GetRequiredValue(name),
            Scopes = [.. parsed.GetRequiredValue(scope)],
            ExpiresAt = parsed.GetValue(days) is { } count ? db.Now().AddDays(count) : null,
        }, parsed.GetValue(user), parsed.GetValue(json), ct), ct));
        return command;
    }

    private static Command List(Option<string?> workspace, Option<bool> json)
    {
        var command = new Command("list", "List the keys, revoked ones included.");
        command.SetAction(
            (parsed, ct) => Databases.Use(db => List(Terminal.Current, db, parsed.GetValue(workspace), parsed.GetValue(json), ct), ct));
        return command;
    }

    private static Command Revoke(Option<string?> workspace, Option<bool> json)
    {
        var id = new Argument<long>("id") { Description = "The key's id, from \"tributary key list\"." };
        var command = new Command("revoke", "Let a key open nothing any more.") { id };
        command.SetAction(
            (parsed, ct) =>
                Databases.Use(db => Revoke(Terminal.Current, db, parsed.GetValue(workspace), parsed.GetValue(id), parsed.GetValue(json),
                    ct), ct));
        return command;
    }

    private static string State(ApiKey key, DateTimeOffset now) =>
        key.RevokedAt is not null ? "revoked" : key.ExpiresAt <= now ? "expired" : "active";

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
