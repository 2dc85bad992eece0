using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Signalbox.Server.Platform;

namespace Signalbox.Server.Ingest.Self;

/// <summary>Sends the spans of the server's own HTTP requests by OTLP, when it is told where to.</summary>
internal sealed class SelfTracing : IHostedService, IDisposable
{
    private const string RequestSource = "Microsoft.AspNetCore";

    private readonly SelfTracingOptions _options;
    private TracerProvider? _provider;

    public SelfTracing(SelfTracingOptions options)
    {
        _options = options;

        // ASP.NET Core 10 leaves the attributes of OpenTelemetry's conventions off its spans unless it is asked for them.
        if (options.Endpoint is not null)
        {
            AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (_options.Endpoint is { } endpoint)
        {
            _provider = OpenTelemetry.Sdk.CreateTracerProviderBuilder()
                .ConfigureResource(static resource => resource.AddService("signalbox", serviceVersion: ProductVersion.Text))
                .AddSource(RequestSource, "Signalbox.*")
                .AddProcessor(new WithoutIngest())
                .AddOtlpExporter(exporter => Configure(exporter, endpoint))
                .Build();
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _provider?.Shutdown(2000);
        return Task.CompletedTask;
    }

    public void Dispose() => _provider?.Dispose();

    private void Configure(OtlpExporterOptions exporter, Uri endpoint)
    {
        exporter.Protocol = _options.Http ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        exporter.Endpoint = _options.Http ? new Uri(endpoint.AbsoluteUri.TrimEnd('/') + "/v1/traces") : endpoint;
        exporter.Headers = _options.Headers;
    }

    /// <summary>Leaves out the requests that bring telemetry: their spans would outnumber all others, and sent to this server they would breed their own.</summary>
    private sealed class WithoutIngest : BaseProcessor<Activity>
    {
        private static readonly string[] Paths = ["/otlp/", "/v1/", "/opentelemetry.proto.collector.", RemoteWrite.RemoteWriteEndpoint.Path];

        public override void OnEnd(Activity data)
        {
            if (data.GetTagItem("url.path") is string path && Array.Exists(Paths, prefix => path.StartsWith(prefix, StringComparison.Ordinal)))
            {
                data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            }
        }
    }
}
