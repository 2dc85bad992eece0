using Signalbox.Runner.Agents;
using Signalbox.Runner.Auditing;
using Signalbox.Runner.Logging;
using Signalbox.Runner.Metrics;
using Signalbox.Runner.Policies;
using Signalbox.Runner.Reports;
using Signalbox.Runner.Resources;
using Signalbox.Runner.Risk;
using Signalbox.Runner.Tracing;
using Signalbox.Runner.Uploading;
using Signalbox.Runner.Usage;
using Signalbox.Runner.WorkTree;
using Signalbox.Sdk.Redaction;
using Signalbox.Settings;
using Signalbox.Settings.Redaction;

namespace Signalbox.Runner.Configuration;

/// <summary>The whole configuration: one member a section. Each section's record stands with the part that uses it.</summary>
internal sealed record RunnerOptions
{
    public required ResourcesOptions Resources { get; init; }

    public required LogOptions Log { get; init; }

    public required RunsOptions Runs { get; init; }

    public required AgentOptions Agent { get; init; }

    public required BudgetOptions Budget { get; init; }

    public required PriceOptions Prices { get; init; }

    public required PolicyOptions Policy { get; init; }

    public required RiskOptions Risk { get; init; }

    public required RedactionOptions Redaction { get; init; }

    public required AuditOptions Audit { get; init; }

    public required WorkTreeOptions WorkTree { get; init; }

    public required MetricsOptions Metrics { get; init; }

    public required TraceOptions Trace { get; init; }

    public required SummaryOptions Summary { get; init; }

    public required UploadOptions Upload { get; init; }

    /// <exception cref="SettingsException">Anything is wrong, with all of it.</exception>
    public static RunnerOptions Read(SettingsReader settings)
    {
        var runs = RunsOptions.Read(settings);
        var options = new RunnerOptions
        {
            Resources = ResourcesOptions.Read(settings),
            Log = LogOptions.Read(settings),
            Runs = runs,
            Agent = AgentOptions.Read(settings),
            Budget = BudgetOptions.Read(settings),
            Prices = PriceOptions.Read(settings),
            Policy = PolicyOptions.Read(settings, runs.Folder),
            Risk = RiskOptions.Read(settings),
            Redaction = RedactionSettings.Read(settings),
            Audit = AuditOptions.Read(settings),
            WorkTree = WorkTreeOptions.Read(settings),
            Metrics = MetricsOptions.Read(settings),
            Trace = TraceOptions.Read(settings),
            Summary = SummaryOptions.Read(settings),
            Upload = UploadOptions.Read(settings),
        };
        settings.Finish();
        return options;
    }
}
