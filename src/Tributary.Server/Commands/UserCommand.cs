using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;
using Tributary.Core.Users;
using Tributary.Server.Hosting;

namespace Tributary.Server.Commands;

/// <summary>"tributary user": the people of a workspace.</summary>
internal static class UserCommand
{
    public static Command Command()
    {
        var workspace = new Option<string?>("--workspace")
        {
            Description = "The workspace's id or name; needed when there are several.",
            Recursive = true,
        };
        var json = new Option<bool>("--json") { Description = "Print JSON.", Recursive = true };
        return new("user", """
            Add, list and deactivate users, and set their passwords.

            Examples:
              tributary user add ada@example.com --name "Ada Admin" --role admin
              tributary user list --json
              tributary user password ada@example.com
              tributary user deactivate ada@example.com
            """)
        {
            workspace, json, Add(workspace, json), List(workspace, json), Password(workspace, json), Deactivate(workspace, json),
        };
    }

    public static async Task<int> Add(Terminal terminal, Db db, string? workspace, NewUser given, bool json, CancellationToken ct)
    {
        var (caller, _) = await Databases.Operator(db, workspace, ct);
        var password = NewPassword();
        var user = await new UserService(db).Create(caller, given with { PasswordHash = Passwords.Hash(password) }, ct);
        return Shown(terminal, user, password, json);
    }

    public static async Task<int> List(Terminal terminal, Db db, string? workspace, bool json, CancellationToken ct)
    {
        var (caller, _) = await Databases.Operator(db, workspace, ct);
        var users = await new UserService(db).List(caller, ct);
        if (json)
        {
            terminal.Json(new JsonArray([.. users.Select(user => new JsonObject
            {
                ["id"] = user.Id,
                ["name"] = user.Name,
                ["email"] = user.Email,
                ["role"] = Word(user.Role),
                ["active"] = user.IsActive,
                ["last_login_at"] = user.LastLoginAt,
            })]));
            return Outcome.Done;
        }
        terminal.Table(["Id", "Name", "E-mail", "Role", "Last sign-in", "State"], users.Select(user => new[]
        {
            user.Id.ToString(CultureInfo.InvariantCulture), user.Name, user.Email, Word(user.Role),
            user.LastLoginAt?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), user.IsActive ? "active" : "deactivated",
        }));
        return Outcome.Done;
    }

    /// <param name="password">None draws one.</param>
    public static async Task<int> Password(Terminal terminal, Db db, string? workspace, string email, string? password, bool json,
        CancellationToken ct)
    {
        if (password is not null && password.Length is < Passwords.MinLength or > Passwords.MaxLength)
        {
            throw Problem.Invalid("password", $"The password must have {Passwords.MinLength} to {Passwords.MaxLength} characters.");
        }
        var (caller, _) = await Databases.Operator(db, workspace, ct);
        var user = await Find(db, caller, email, ct);
        var next = password ?? NewPassword();
        await new UserService(db).SetPasswordHash(caller, user.Id, Passwords.Hash(next), ct);
        return Shown(terminal, user, password is null ? next : null, json);
    }

    public static async Task<int> Deactivate(Terminal terminal, Db db, string? workspace, string email, bool json, CancellationToken ct)
    {
        var (caller, _) = await Databases.Operator(db, workspace, ct);
        var user = await new UserService(db).Update(caller, (await Find(db, caller, email, ct)).Id, new() { IsActive = false }, ct);
        if (json) terminal.Json(new JsonObject { ["id"] = user.Id, ["email"] = user.Email, ["active"] = user.IsActive });
        else terminal.Line($"{user.Email} cannot sign in any more, and their keys open nothing.");
        return Outcome.Done;
    }

    /// <summary>By address; without one, the first active admin.</summary>
    public static async Task<User> Find(Db db, Caller caller, string? email, CancellationToken ct)
    {
        var users = await new UserService(db).List(caller, ct);
        var found = email is null
            ? users.FirstOrDefault(user => user is { IsActive: true, Role: Role.Admin })
            : users.FirstOrDefault(user => string.Equals(user.Email, email, StringComparison.OrdinalIgnoreCase));
        return found
            ?? throw Problem.Invalid("user", email is null
                ? "The workspace has no active admin." : $"No user of this workspace has the address {email}.");
    }

    private static Command Add(Option<string?> workspace, Option<bool> json)
    {
        var email = new Argument<string>("email");
        var name = new Option<string>("--name") { Description = "The name others see.", Required = true };
        var role = new Option<Role>("--role") { Description = "admin, manager or member.", DefaultValueFactory = _ => Role.Member };
        var command = new Command("add", "Add a user; the password is drawn and printed once.") { email, name, role };
        command.SetAction((parsed, ct) => Databases.Use(db => Add(Terminal.Current, db, parsed.GetValue(workspace),
            new() { Name = parsed.GetRequiredValue(name), Email = parsed.GetRequiredValue(email), Role = parsed.GetValue(role) },
            parsed.GetValue(json), ct), ct));
        return command;
    }

    private static Command List(Option<string?> workspace, Option<bool> json)
    {
        var command = new Command("list", "List the users, deactivated ones included.");
        command.SetAction(
            (parsed, ct) => Databases.Use(db => List(Terminal.Current, db, parsed.GetValue(workspace), parsed.GetValue(json), ct), ct));
        return command;
    }

    private static Command Password(Option<string?> workspace, Option<bool> json)
    {
        var email = new Argument<string>("email");
        var stdin = new Option<bool>("--stdin")
        {
            Description = "Read the password from the first line of the input, instead of drawing one.",
        };
        var command = new Command("password", "Set a user's password. Their sessions end.") { email, stdin };
        command.SetAction(
            (parsed, ct) =>
                Databases.Use(async db => await Password(Terminal.Current, db, parsed.GetValue(workspace), parsed.GetRequiredValue(email),
            parsed.GetValue(stdin) ? await Console.In.ReadLineAsync(ct) ?? "" : null, parsed.GetValue(json), ct), ct));
        return command;
    }

    private static Command Deactivate(Option<string?> workspace, Option<bool> json)
    {
        var email = new Argument<string>("email");
        var command = new Command("deactivate", "Keep a user out. What they own stays theirs.") { email };
        command.SetAction(
            (parsed, ct) =>
                Databases.Use(db => Deactivate(Terminal.Current, db, parsed.GetValue(workspace), parsed.GetRequiredValue(email),
                    parsed.GetValue(json), ct), ct));
        return command;
    }

    private static int Shown(Terminal terminal, User user, string? password, bool json)
    {
        if (json)
        {
            terminal.Json(new JsonObject { ["id"] = user.Id, ["email"] = user.Email, ["role"] = Word(user.Role), ["password"] = password });
        }
        else terminal.Line(password is null ? $"{user.Email} has a new password."
            : $"{user.Email} signs in with {password} (shown only now).");
        return Outcome.Done;
    }

    private static string NewPassword() => ApiToken.New(RandomNumberGenerator.Fill, "")[..16];

    private static string Word(Role role) => role switch { Role.Admin => "admin", Role.Manager => "manager", Role.Member => "member" };
}
