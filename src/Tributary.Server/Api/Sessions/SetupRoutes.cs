using Tributary.Core.Kernel;
using Tributary.Core.Sessions;
using Tributary.Core.Workspaces;
using Tributary.Server.Demo;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Sessions;

/// <summary>The very first user of an installation.</summary>
internal static class SetupRoutes
{
    private static readonly SemaphoreSlim one = new(1);

    private static readonly Member<string> Name = Members.Text("name", "The first user, who becomes admin.", 200);
    private static readonly Member<string> Email = Members.Email("email", "");
    private static readonly Member<string> Password =
        Members.Text("password", $"{Passwords.MinLength} characters or more.", Passwords.MaxLength);
    private static readonly Member<string> Workspace = Members.Text("workspace", "The name of the company or team.", 200);
    private static readonly Member<string> BaseCurrency =
        Members.Text("base_currency", "ISO 4217; what totals are converted to. USD when left out.", 3);
    private static readonly Member<string> TimeZone =
        Members.Text("time_zone", "IANA name; decides which day today is. UTC when left out.", 100);
    private static readonly Member<string> Locale = Members.Text("locale", "The first user's language, such as en or de-AT.", 35);

    public static readonly IReadOnlyList<Operation> All =
    [
        new("POST", "/setup", "setUp", SetUp)
        {
            Tag = "Sessions", Summary = "Make the first workspace and user", IsAnonymous = true, Status = 201, Answer = SessionWire.Present,
            Body = new("Setup", Name.Required(), Email.Required(), Password.Required(), Workspace.Required(), BaseCurrency, TimeZone,
                Locale),
            Description = "Only while there is no user; signs them in.",
            Refusals = [new(ProblemCode.Forbidden, "Another site asked for this.", [])],
        },
    ];

    private static async Task<Reply> SetUp(Call call)
    {
        SessionCookie.MustBeOwnPage(call.Http);
        var workspaces = call.Service<WorkspaceService>();
        if ((await workspaces.All(call.Ct)).Count > 0) throw SetUpAlready();

        var (given, password) = await call.Read(body => (new NewWorkspace
        {
            Name = body.Get(Workspace).Or(""),
            Admin = new() { Name = body.Get(Name).Or(""), Email = body.Get(Email).Or(""), Locale = body.Get(Locale).Or("en") },
            BaseCurrency = body.Get(BaseCurrency).Or("USD"),
            TimeZone = body.Get(TimeZone).Or("UTC"),
        }, body.Get(Password).Or("")));
        if (password.Length < Passwords.MinLength)
        {
            throw Problem.Invalid("password", $"password must have {Passwords.MinLength} to {Passwords.MaxLength} characters.");
        }

        await one.WaitAsync(call.Ct);
        try
        {
            if ((await workspaces.All(call.Ct)).Count > 0) throw SetUpAlready();
            var hash = Passwords.Hash(password);
            var created = await FirstRun.Empty(workspaces, call.Service<Core.Pipelines.PipelineService>(),
                given with { Admin = given.Admin with { PasswordHash = hash } }, call.Ct);
            return await SessionRoutes.Begin(call,
                new(created.Workspace.Id, created.Workspace.Uid, created.Workspace.Name, created.Admin.Id, hash), 201);
        }
        finally
        {
            one.Release();
        }
    }

    private static ProblemException SetUpAlready() => Problem.Conflict("There are users already; one of them can add more.", "workspace");
}
