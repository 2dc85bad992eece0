using Microsoft.Extensions.Logging;
using Signalbox.Runner.Metrics;
using Signalbox.Sdk.Redaction;

namespace Signalbox.Runner.Receiving;

/// <summary>Puts a receiver together as the configuration says.</summary>
internal static class ReceiverSetup
{
    /// <param name="path">Of the file that keeps what comes; see <see cref="Facts.RunFiles.Telemetry"/>.</param>
    /// <returns>Null when the configuration wants none, or no port could be had; the run goes on without.</returns>
    public static TelemetryReceiver? TryStart(MetricsOptions options, string path, Redactor redactor, TimeProvider clock, ILogger logger)
    {
        if (!options.Receive)
        {
            return null;
        }

        var bounds = new ReceiverBounds();
        var counts = new ReceiverCounts();
        var targets = options.Otlp?.AgentTargets ?? [];
        var forwarding = targets.Count == 0
            ? null
            : new TelemetryForwarding(
                targets,
                new OtlpSender(new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan }, clock),
                bounds,
                counts,
                new ForwardingSurroundings(clock, logger));
        return TelemetryReceiver.TryStart(new TelemetryFile(path, redactor, bounds, counts), forwarding, new ReceiverSurroundings(bounds, counts, clock, logger));
    }
}
