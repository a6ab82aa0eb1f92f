using Tributary.Server.Dialects.Pipedrive.Limits;

namespace Tributary.Server.Hosting;

/// <summary>The configuration section "Tributary": appsettings.json, or environment variables such as Tributary__Database.</summary>
internal sealed class TributaryOptions
{
    /// <summary>A PostgreSQL connection string; when empty, the embedded SQLite database is used.</summary>
    public string Database { get; set; } = "";

    /// <summary>
    /// A connection string for GET requests, whose answers may then be a moment old: replicas of the database (docs/scaling.md).
    /// </summary>
    public string ReadDatabase { get; set; } = "";

    /// <summary>Where the SQLite file and the files of deals live.</summary>
    public string DataFolder { get; set; } = "tributary-data";

    public string Urls { get; set; } = "http://127.0.0.1:5080";

    /// <summary>Where the built web app is; without it the APIs alone are served.</summary>
    public string WebFolder { get; set; } = Path.Combine(AppContext.BaseDirectory, "web");

    /// <summary>Own ports and host names of dialects, by their name.</summary>
    public Dictionary<string, DialectMount> Dialects { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Debug logs each request; Information starts and stops; Warning only what someone must look at.</summary>
    public string LogLevel { get; set; } = "Information";

    /// <summary>text is for people at a terminal; json is one object per line, for machines.</summary>
    public string LogFormat { get; set; } = "text";

    public TelemetryOptions Telemetry { get; set; } = new();

    /// <summary>
    /// Whether this server does background jobs; of several on one PostgreSQL any number may, those with the data folder in common.
    /// </summary>
    public bool RunJobs { get; set; } = true;

    /// <summary>Whether admins of the server's only workspace make and download backups in the app; the command always does.</summary>
    public bool BackupsInApp { get; set; } = true;

    /// <summary>Set by "tributary sandbox" alone.</summary>
    public bool IsSandbox { get; init; }

    public LimitOptions Limits { get; set; } = new();

    public WebhookOptions Webhooks { get; set; } = new();

    /// <summary>The largest file that may be attached, in bytes.</summary>
    public long MaxFileBytes { get; set; } = 100 * 1024 * 1024;

    /// <summary>The largest file that may be uploaded to be imported, in bytes.</summary>
    public long MaxImportBytes { get; set; } = 1024L * 1024 * 1024;

    /// <summary>What is wrong with the settings, one sentence each; nothing when all is well.</summary>
    public IEnumerable<string> Problems(IEnumerable<string> dialects)
    {
        foreach (var name in Dialects.Keys.Except(dialects, StringComparer.OrdinalIgnoreCase))
        {
            yield return $"Tributary:Dialects:{name} names no dialect; they are {string.Join(", ", dialects)}.";
        }
        if (ReadDatabase.Length > 0 && Database.Length == 0)
        {
            yield return "Tributary:ReadDatabase names replicas of a PostgreSQL, so Tributary:Database must name the PostgreSQL they follow.";
        }
        foreach (var (name, mount) in Dialects)
        {
            if (mount.Port is < 1 or > 65_535) yield return $"Tributary:Dialects:{name}:Port must be from 1 to 65535.";
        }
        if (!Uri.TryCreate(Urls.Split(';')[0], UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            yield return $"Tributary:Urls must be an address such as http://127.0.0.1:5080, not {Urls}.";
        }
        if (!Enum.TryParse<Microsoft.Extensions.Logging.LogLevel>(LogLevel, ignoreCase: true, out _))
        {
            yield return $"Tributary:LogLevel must be Trace, Debug, Information, Warning, Error, Critical or None, not {LogLevel}.";
        }
        if (LogFormat is not ("text" or "json")) yield return $"Tributary:LogFormat must be text or json, not {LogFormat}.";
        if (Telemetry.Endpoint.Length > 0
            && !(Uri.TryCreate(Telemetry.Endpoint, UriKind.Absolute, out var collector) && collector.Scheme is "http" or "https"))
        {
            yield return $"Tributary:Telemetry:Endpoint must be the address of an OTLP collector such as http://127.0.0.1:4317, not {Telemetry.Endpoint}.";
        }
        if (Telemetry.Protocol is not ("grpc" or "http"))
        {
            yield return $"Tributary:Telemetry:Protocol must be grpc or http, not {Telemetry.Protocol}.";
        }
        if (Telemetry.EverySeconds is < 1 or > 3600) yield return "Tributary:Telemetry:EverySeconds must be from 1 to 3600.";
        if (MaxFileBytes < 1) yield return "Tributary:MaxFileBytes must be at least 1.";
        if (Limits.Pipedrive.Plan.Length > 0 && !LimitRules.Plans.Contains(Limits.Pipedrive.Plan, StringComparer.OrdinalIgnoreCase))
        {
            yield return $"Tributary:Limits:Pipedrive:Plan must be empty or one of {string.Join(", ", LimitRules.Plans)}.";
        }
        if (Limits.Pipedrive.DailyTokens < 1 || Limits.Pipedrive.RequestsPerTwoSeconds < 1)
        {
            yield return "Tributary:Limits:Pipedrive: DailyTokens and RequestsPerTwoSeconds must be at least 1.";
        }
        if (Limits.WindowSeconds < 1 || Limits.RequestsPerWindow < 1)
        {
            yield return "Tributary:Limits: WindowSeconds and RequestsPerWindow must be at least 1.";
        }
    }
}

internal sealed class DialectMount
{
    public int? Port { get; set; }
    public List<string> Hosts { get; set; } = [];
}

/// <summary>Where measures and traces go (OpenTelemetry, OTLP). Nowhere by default.</summary>
internal sealed class TelemetryOptions
{
    /// <summary>A collector: http://127.0.0.1:4317 for grpc, http://127.0.0.1:4318 for http.</summary>
    public string Endpoint { get; set; } = "";

    /// <summary>grpc, or http (protobuf).</summary>
    public string Protocol { get; set; } = "grpc";

    /// <summary>How often measures are sent.</summary>
    public int EverySeconds { get; set; } = 15;
}

/// <summary>What webhooks may reach. Both are for trying things out and for closed networks.</summary>
internal sealed class WebhookOptions
{
    /// <summary>Plain http targets are taken too.</summary>
    public bool AllowHttp { get; set; }

    /// <summary>Targets on this machine and in private networks are reached too.</summary>
    public bool AllowPrivate { get; set; }
}

/// <summary>What callers of the Pipedrive dialect may do: a plan's published figures, or these. Generous by default.</summary>
internal sealed class PipedriveLimitOptions
{
    /// <summary>
    /// lite, growth, premium or ultimate: exactly what Pipedrive publishes for it, tokens counted per active user. Empty: the figures
    /// below.
    /// </summary>
    public string Plan { get; set; } = "";
    public long DailyTokens { get; set; } = 1_000_000_000;
    public int RequestsPerTwoSeconds { get; set; } = 10_000;
}

/// <summary>Plain windows per credential, for every dialect that has no published rule of its own. Generous by default.</summary>
internal sealed class LimitOptions
{
    public int WindowSeconds { get; set; } = 10;
    public int RequestsPerWindow { get; set; } = 10_000;

    public PipedriveLimitOptions Pipedrive { get; set; } = new();
}
