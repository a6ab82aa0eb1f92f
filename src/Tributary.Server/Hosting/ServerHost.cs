using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Console;
using Tributary.Core.Activities;
using Tributary.Core.Automations;
using Tributary.Core.Backups;
using Tributary.Core.Board;
using Tributary.Core.Catalog;
using Tributary.Core.Contacts;
using Tributary.Core.Currencies;
using Tributary.Core.Deals;
using Tributary.Core.Fields;
using Tributary.Core.Followers;
using Tributary.Core.Files;
using Tributary.Core.Filters;
using Tributary.Core.Insights;
using Tributary.Core.Jobs;
using Tributary.Core.Goals;
using Tributary.Core.Import;
using Tributary.Core.Kernel;
using Tributary.Core.Keys;
using Tributary.Core.Labels;
using Tributary.Core.Leads;
using Tributary.Core.Lists;
using Tributary.Core.Log;
using Tributary.Core.Mail;
using Tributary.Core.Notes;
using Tributary.Core.Pipelines;
using Tributary.Core.Products;
using Tributary.Core.Search;
using Tributary.Core.Sessions;
using Tributary.Core.Storage;
using Tributary.Core.Totals;
using Tributary.Core.Users;
using Tributary.Core.Webhooks;
using Tributary.Core.Workspaces;
using Tributary.Server.Api;
using Tributary.Server.Api.Events;
using Tributary.Server.Demo;
using Tributary.Server.Dialects.AutomateNexus;
using Tributary.Server.Background;
using Tributary.Server.Dialects.CPod;
using Tributary.Server.Dialects.Pipedrive;
using Tributary.Server.Dialects.Pipedrive.Source;
using Tributary.Server.Dialects.Pipedrive.Limits;
using Tributary.Server.Dialects.Switch;
using Tributary.Server.Dialects.YSuite;
using Tributary.Server.Web;

namespace Tributary.Server.Hosting;

/// <summary>Puts the program together: the engine's verbs, the dialects, the pipeline. By hand, so that it can be read.</summary>
internal static class ServerHost
{
    /// <param name="configure">For tests: replaces the web server by one in memory.</param>
    /// <param name="around">For the sandbox: what happens around every request, after it was routed.</param>
    /// <param name="map">For the sandbox: routes that only it has.</param>
    public static WebApplication Build(TributaryOptions options, Db db, TimeProvider clock, Action<WebApplicationBuilder>? configure = null,
        Func<IReadOnlyList<IDialect>, Func<HttpContext, RequestDelegate, Task>>? around = null, Action<WebApplication>? map = null)
    {
        // The empty builder: nothing is scanned, read or started that is not asked for here.
        var builder = WebApplication.CreateEmptyBuilder(new() { ApplicationName = "tributary" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = DialectPipeline.MaxBody;
        });
        builder.WebHost.UseUrls(
            [options.Urls, .. options.Dialects.Values.Where(mount => mount.Port is not null)
                .Select(mount => $"http://{new Uri(options.Urls).Host}:{mount.Port}")]);
        builder.Services.AddRoutingCore();
        AddLogging(builder.Logging, options);
        AddEngine(builder.Services, options, db, clock);
        AddDialects(builder.Services);
        builder.Services.AddSingleton(options).AddSingleton<RateLimits>().AddSingleton<UsageCounts>().AddSingleton<PipedriveLimits>()
            .AddSingleton<Idempotency>();
        configure?.Invoke(builder);

        var app = builder.Build();
        var dialects = app.Services.GetServices<IDialect>().ToList();
        new DialectPipeline(dialects, app.Services.GetRequiredService<ILogger<DialectPipeline>>(),
            app.Services.GetRequiredService<RateLimits>(), app.Services.GetRequiredService<UsageCounts>(),
            app.Services.GetRequiredService<Idempotency>(), db).Map(app, around?.Invoke(dialects));
        map?.Invoke(app);
        app.Use(WebApp.Of(options, dialects).Serve);
        app.MapGet("/health/live", http => http.Response.WriteAsync("live"));
        app.MapGet("/health/ready", http => Ready(http, db));
        return app;
    }

    private static void AddEngine(IServiceCollection services, TributaryOptions options, Db db, TimeProvider clock)
    {
        FillRandom random = RandomNumberGenerator.Fill;
        services.AddSingleton(db).AddSingleton(clock).AddSingleton(random);
        services.AddSingleton<CatalogService>();
        services.AddSingleton<DealService>();
        services.AddSingleton<ActivityService>();
        services.AddSingleton<ContactService>();
        services.AddSingleton<PersonService>();
        services.AddSingleton<PersonPurgeService>();
        services.AddSingleton<OrganizationService>();
        services.AddSingleton<LeadService>();
        services.AddSingleton<ConversionService>();
        services.AddSingleton<FollowerService>();
        services.AddSingleton<ProductService>();
        services.AddSingleton<DealProductService>();
        services.AddSingleton<BoardService>();
        services.AddSingleton<TotalsService>();
        services.AddSingleton<InsightsService>();
        services.AddSingleton<SearchService>();
        services.AddSingleton<NoteService>();
        var files = new FileFolder(Path.Combine(options.DataFolder, "files"), clock, options.MaxFileBytes);
        services.AddSingleton(files);
        services.AddSingleton<FileService>();
        services.AddSingleton<MailService>();
        services.AddSingleton<TimelineService>();
        services.AddSingleton<FilterService>();
        services.AddSingleton<PipelineService>();
        services.AddSingleton<LabelService>();
        services.AddSingleton<TagService>();
        services.AddSingleton<LostReasonService>();
        services.AddSingleton<ActivityTypeService>();
        services.AddSingleton<FieldService>();
        services.AddSingleton<TypeChangeService>();
        services.AddSingleton<CurrencyService>();
        services.AddSingleton<GroupService>();
        services.AddSingleton<AppService>();
        services.AddSingleton<GrantService>();
        services.AddSingleton<InstanceSecrets>();
        services.AddSingleton<IdempotencyService>();
        services.AddSingleton<EventService>();
        services.AddSingleton<NotificationService>();
        services.AddSingleton<EventStreams>();
        services.AddSingleton<ShortPages>();
        var imports = new ImportService(db, new(Path.Combine(options.DataFolder, "imports"), clock, options.MaxImportBytes),
            PipedriveSource.From(options.Webhooks.AllowPrivate, clock));
        services.AddSingleton(imports);
        var backups = new BackupService(db, new(Path.Combine(options.DataFolder, "backups")), files, options.BackupsInApp);
        services.AddSingleton(backups);
        services.AddSingleton(new JobService(db, imports, backups));
        if (options.RunJobs) services.AddHostedService<JobLoop>();
        services.AddSingleton(new WebhookPolicy(options.Webhooks.AllowHttp));
        services.AddSingleton<WebhookService>();
        services.AddSingleton<WebhookFanOut>();
        services.AddSingleton<WebhookCourier>();
        services.AddSingleton<WebhookSender>();
        if (options.RunJobs) services.AddHostedService<WebhookLoop>();
        services.AddSingleton<AutomationService>();
        services.AddSingleton<AutomationReader>();
        services.AddSingleton<AutomationClock>();
        services.AddSingleton<AutomationRunner>();
        if (options.RunJobs) services.AddHostedService<AutomationLoop>();
        services.AddSingleton<GoalService>();
        services.AddSingleton<KeyService>();
        services.AddSingleton<SessionService>();
        services.AddSingleton<SignInGuard>();
        services.AddSingleton<UserService>();
        services.AddSingleton<SightService>();
        services.AddSingleton<WorkspaceService>();
        services.AddSingleton<SampleData>();
    }

    /// <summary>One line per dialect; these two are the only places that know them all.</summary>
    private static void AddDialects(IServiceCollection services)
    {
        services.AddSingleton<IDialect, NativeDialect>();
        services.AddSingleton<IDialect, PipedriveDialect>();
        services.AddSingleton<IDialect, CPodDialect>();
        services.AddSingleton<IDialect, SwitchDialect>();
        services.AddSingleton<IDialect, YSuiteDialect>();
        services.AddSingleton<IDialect, AutomateNexusDialect>();
    }

    private static async Task Ready(HttpContext http, Db db)
    {
        try
        {
            await db.Ping(http.RequestAborted);
            await http.Response.WriteAsync("ready");
        }
        catch (ProblemException)
        {
            http.Response.StatusCode = 503;
            await http.Response.WriteAsync("the database does not answer");
        }
    }

    private static void AddLogging(ILoggingBuilder logging, TributaryOptions options)
    {
        logging.AddConfiguration(Logging(options));
        if (options.LogFormat == "json")
        {
            logging.AddJsonConsole(console =>
            {
                console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
                console.UseUtcTimestamp = true;
            });
        }
        else
        {
            logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "HH:mm:ss.fff ";
                console.UseUtcTimestamp = true;
            });
        }
        // What commands print for people and scripts has standard output for itself.
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    private static IConfiguration Logging(TributaryOptions options) =>
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["LogLevel:Default"] = options.LogLevel,
            ["LogLevel:Microsoft"] = "Warning",
            // As long as it may log, the framework opens a scope and an activity for each request, which nobody reads: failures are
            // logged by the pipeline, and whoever listens to activities (telemetry) gets them without this.
            ["LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics"] = "None",
            // Why the host cannot start is thrown to the command, which says it in a sentence.
            ["LogLevel:Microsoft.Extensions.Hosting.Internal.Host"] = "None",
        }).Build();
}
