using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Signalbox.Sdk.Redaction;
using Signalbox.Server.Ingest.Self;
using Signalbox.Telemetry.Metrics;
using Signalbox.Testing.Files;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Server.Tests.Ingest.Self;

public sealed class MetricReferenceTests
{
    private const string Introduction =
        """
        # Signalbox's own metrics

        Signalbox measures itself under these names: at `/metrics` (for the tenant `default`, with the scope `system:read`) and in its own store, tenant `default`, `job="signalbox"`,
        every `self.interval`. Beside them stand the .NET runtime's (`dotnet_…`), ASP.NET Core's and Kestrel's (`http_server_…`, `kestrel_…`,
        `aspnetcore_…`), the process's (`process_…`) and `signalbox_build_info`. The machine is measured under node_exporter's names, `job="node"`.

        | name | type | unit | what it says |
        | --- | --- | --- | --- |

        """;

    [Fact]
    public async Task TheReferenceOfMetricsIsUpToDate()
    {
        await using var server = await TestServer.StartAsync(TestContext.Current.CancellationToken);
        var meters = server.Services.GetRequiredService<IMeterFactory>();
        var instruments = new SortedDictionary<string, string>(StringComparer.Ordinal);

        // The SDK's meter belongs to the process, not to one server, and is made with its first count.
        Assert.NotEqual("password=hunter22abc", Redactor.Default.Redact("password=hunter22abc"));
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if ((ReferenceEquals(instrument.Meter.Scope, meters) && instrument.Meter.Name.StartsWith("Signalbox.", StringComparison.Ordinal)) || instrument.Meter.Name == "Signalbox.Redaction")
            {
                var type = TypeOf(instrument);
                var name = InstrumentNames.Of(instrument.Name, instrument.Unit ?? string.Empty, type);
                instruments[name] = $"| `{name}` | {type.ToString().ToLowerInvariant()} | {instrument.Unit} | {instrument.Description} |";
            }
        };
        listener.Start();

        Golden.Matches("docs/metrics.md", Introduction + string.Join('\n', instruments.Values) + "\n");
    }

    private static MetricType TypeOf(Instrument instrument)
    {
        var kind = instrument.GetType().Name;
        return kind.StartsWith("Histogram", StringComparison.Ordinal) ? MetricType.Histogram
            : kind.StartsWith("Counter", StringComparison.Ordinal) || kind.StartsWith("ObservableCounter", StringComparison.Ordinal) ? MetricType.Counter
            : MetricType.Gauge;
    }
}
