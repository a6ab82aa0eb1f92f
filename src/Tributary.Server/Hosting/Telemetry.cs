using System.Reflection;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Tributary.Core.Storage;

namespace Tributary.Server.Hosting;

/// <summary>
/// Sends our measures and those of the runtime, the web server and the PostgreSQL driver, and a trace of each request, to
/// the OTLP collector of the settings. OpenTelemetry's own environment variables (OTEL_RESOURCE_ATTRIBUTES,
/// OTEL_EXPORTER_OTLP_HEADERS, OTEL_TRACES_SAMPLER …) hold as everywhere.
/// </summary>
internal sealed class Telemetry : IDisposable
{
    private readonly MeterProvider meters;
    private readonly TracerProvider traces;

    private Telemetry(TelemetryOptions options)
    {
        var version = typeof(Telemetry).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        var resource = ResourceBuilder.CreateDefault().AddService("tributary", serviceVersion: version).AddEnvironmentVariableDetector();
        meters = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource)
            .AddMeter(RequestMeter.Name, StorageMeter.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel",
                "System.Runtime", "Npgsql")
            .AddOtlpExporter((exporter, reader) =>
            {
                Direct(exporter, options, "v1/metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = options.EverySeconds * 1000;
            })
            .Build();
        traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource)
            .AddSource("Microsoft.AspNetCore", StorageMeter.Name, "Npgsql")
            .AddOtlpExporter(exporter => Direct(exporter, options, "v1/traces"))
            .Build();
    }

    /// <summary>None when the settings name no collector.</summary>
    public static Telemetry? Start(TelemetryOptions options) => options.Endpoint.Length == 0 ? null : new(options);

    /// <summary>Sends what has been gathered and not been sent yet; false when the collector did not take it.</summary>
    public bool Flush() => meters.ForceFlush() & traces.ForceFlush();

    public void Dispose()
    {
        traces.Dispose();
        meters.Dispose();
    }

    private static void Direct(OtlpExporterOptions exporter, TelemetryOptions options, string path)
    {
        var overHttp = options.Protocol == "http";
        exporter.Protocol = overHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        exporter.Endpoint = overHttp ? new($"{options.Endpoint.TrimEnd('/')}/{path}") : new(options.Endpoint);
    }
}
