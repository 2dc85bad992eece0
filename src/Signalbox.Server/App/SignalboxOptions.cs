using Signalbox.Sdk.Redaction;
using Signalbox.Server.Audit;
using Signalbox.Server.Identity;
using Signalbox.Server.Ingest;
using Signalbox.Server.Jobs;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Live;
using Signalbox.Server.Platform.Leases;
using Signalbox.Settings;
using Signalbox.Settings.Redaction;
using Signalbox.Server.Query;
using Signalbox.Server.Runs;

namespace Signalbox.Server.App;

/// <summary>The whole configuration: one member a slice.</summary>
internal sealed record SignalboxOptions
{
    public required HostOptions Host { get; init; }

    public required LogOptions Log { get; init; }

    public required ControlOptions Control { get; init; }

    public required RedactionOptions Redaction { get; init; }

    public required LeaseOptions Leases { get; init; }

    public required AuditOptions Audit { get; init; }

    public required IdentityOptions Identity { get; init; }

    public required QueryOptions Query { get; init; }

    public required IngestOptions Ingest { get; init; }

    public required LiveOptions Live { get; init; }

    public required JobsOptions Jobs { get; init; }

    public required RunsOptions Runs { get; init; }

    /// <exception cref="SettingsException">Anything is wrong, with all of it.</exception>
    public static SignalboxOptions Read(SettingsReader settings)
    {
        var options = new SignalboxOptions
        {
            Host = HostOptions.Read(settings),
            Log = LogOptions.Read(settings),
            Control = ControlOptions.Read(settings),
            Redaction = RedactionSettings.Read(settings),
            Leases = LeaseOptions.Read(settings),
            Audit = AuditOptions.Read(settings),
            Identity = IdentityOptions.Read(settings),
            Query = QueryOptions.Read(settings),
            Ingest = IngestOptions.Read(settings),
            Live = LiveOptions.Read(settings),
            Jobs = JobsOptions.Read(settings),
            Runs = RunsOptions.Read(settings),
        };
        settings.Choice("storage.telemetry", "embedded", "Where telemetry lives.", "embedded");
        settings.Finish();
        return options;
    }
}
