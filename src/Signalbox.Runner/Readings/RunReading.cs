using System.Globalization;
using Signalbox.Runner.Auditing;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Metrics;
using Signalbox.Runner.Readings.Report;
using Signalbox.Runner.Resources;
using Signalbox.Runner.Risk;
using Signalbox.Runner.Tracing;
using Signalbox.Runner.Usage;
using Signalbox.Sdk.Redaction;

namespace Signalbox.Runner.Readings;

/// <summary>Computes everything that is told of a run from its facts; a run and its replay use the same.</summary>
/// <remarks>Called by one thread at a time.</remarks>
internal sealed class RunReading : IRunReader
{
    private readonly RunStart _start;
    private readonly Redactor _redactor;
    private readonly AgentReading _agent;
    private readonly OutcomeReading _outcome;
    private readonly WarningReading _warnings;
    private readonly TimelineReading _timeline;
    private readonly TraceReading _trace;
    private readonly ResourceReading _resources;
    private readonly RiskReading _risk;
    private readonly IRunReader[] _all;

    /// <param name="emit">Told of each audit record once, as soon as it is certain.</param>
    public RunReading(RunStart start, Redactor redactor, Action<AuditRecord> emit)
    {
        (_start, _redactor) = (start, redactor);
        _agent = new AgentReading(start, redactor);
        _outcome = new OutcomeReading(start);
        _warnings = new WarningReading(redactor);
        _timeline = new TimelineReading(start, redactor, new TimelineBounds());
        _trace = new TraceReading(redactor);
        _resources = new ResourceReading(start);
        Usage = new UsageReading(PriceTable.FromJson(start.Settings.GetValueOrDefault(RunSettings.Prices)));
        Audit = new AuditReading(start, redactor, emit);
        _risk = new RiskReading(start, Audit);
        _all = [_agent, _outcome, _warnings, _timeline, _trace, _resources, Usage, Audit];
        Take(start);
    }

    public AuditReading Audit { get; }

    public UsageReading Usage { get; }

    /// <summary>Whether the command has ended, as far as the facts tell.</summary>
    public bool HasEnded => _outcome.HasEnded;

    /// <summary>What of <c>log.jsonl</c> belongs to the report; null for all of it.</summary>
    public long? LogBytes => _outcome.LogBytes;

    /// <summary>Series of one metric, as the run was configured.</summary>
    public int MaxSeries => int.TryParse(_start.Settings.GetValueOrDefault(RunSettings.MaxSeries), NumberStyles.None, CultureInfo.InvariantCulture, out var series) ? series : RunMetrics.DefaultMaxSeries;

    /// <summary>Bounds that readers of the facts themselves reached, by name.</summary>
    public SortedDictionary<string, long> FactLimits { get; } = new(StringComparer.Ordinal);

    public void Take(RunFact fact)
    {
        foreach (var reader in _all)
        {
            reader.Take(fact);
        }
    }

    /// <summary>There are no further facts.</summary>
    public void Complete() => Audit.Complete();

    /// <summary>What the outcome will be when the run ends in this way.</summary>
    public OutcomeReport Preview(RunnerEvent ended) => _outcome.Preview(ended, _resources.Report);

    /// <summary>The report, without its files.</summary>
    /// <param name="stream">Null when the output was not read.</param>
    /// <param name="telemetry">What the agent's own telemetry told; null when none came.</param>
    public RunReport Finish(StreamReport? stream, IReadOnlyList<ModelUsageReport>? telemetry, int revision, out IReadOnlyList<TimelineEntry> timeline)
    {
        var resources = _resources.Report;
        var outcome = _outcome.Finish(resources);
        var denials = Audit.Tools.Denials;
        timeline = _timeline.Finish(denials.Select(static denial => denial.ToolUseId).OfType<string>().ToHashSet(StringComparer.Ordinal));
        var usage = _start.Agent is null ? null : WithTelemetry(Usage.Report, telemetry);
        return ReportBounds.Keep(new RunReport
        {
            Id = _start.RunId,
            Revision = revision,
            State = outcome.Reason == OutcomeReasons.Incomplete ? "incomplete" : "finished",
            TraceId = _start.TraceId,
            SpanId = _start.SpanId,
            StartedAt = _start.At,
            FinishedAt = outcome.FinishedAt,
            DurationSeconds = outcome.DurationSeconds,
            Command = [.. _start.Command.Select(_redactor.Redact)],
            Folder = _start.Folder,
            Version = _start.RunnerVersion,
            Ci = CiReport.Of(_start.Ci),
            Agent = _agent.Agent,
            Outcome = outcome,
            Result = _agent.Result,
            Usage = usage,
            Budget = BudgetOf(outcome),
            Tools = Audit.Tools.Tools,
            Changes = Audit.Changes,
            Denials = denials,
            Audit = Audit.Totals,
            Risk = _risk.Report(outcome),
            Resources = resources,
            Timeline = new TimelineTotals(timeline.Count, _timeline.Omitted),
            Stream = stream,
            Warnings = [.. _warnings.Warnings, .. Computed(usage, stream)],
            Limits = Limits(stream),
        });
    }

    /// <summary>The content of <c>trace.json</c>.</summary>
    public byte[] WriteTrace(RunReport report) => _trace.Write(report, _start.Settings.GetValueOrDefault(RunSettings.TraceNames));

    private IEnumerable<WarningReport> Computed(UsageReport? usage, StreamReport? stream)
    {
        if (usage is not null)
        {
            foreach (var warning in Usage.Warnings())
            {
                yield return warning;
            }
        }

        foreach (var warning in Audit.Warnings)
        {
            yield return warning;
        }

        if (stream is { Broken: > 0 })
        {
            yield return new WarningReport("broken_lines", string.Create(CultureInfo.InvariantCulture, $"{stream.Broken} lines of the agent's output could not be read."));
        }

        if (_start.Agent is not null && _agent.Result is null && _outcome.HasEnded)
        {
            yield return new WarningReport("result_missing", "The agent ended without telling its result; what it used and whether it succeeded is known only in part.");
        }
    }

    private static UsageReport WithTelemetry(UsageReport usage, IReadOnlyList<ModelUsageReport>? telemetry) => usage with { Reconciliation = usage.Reconciliation with { Telemetry = telemetry } };

    private BudgetReport? BudgetOf(OutcomeReport outcome)
    {
        var limits = _start.Limits;
        if (limits is { Tokens: 0, Usd: 0, Minutes: 0, Turns: 0 })
        {
            return null;
        }

        var used = Usage.SoFar;
        return new BudgetReport(
            Line(limits.Tokens, used.Tokens),
            Line(limits.Usd, (double)(used.Usd ?? 0)),
            Line(limits.Minutes, Math.Round((outcome.DurationSeconds ?? 0) / 60, 3)),
            Line(limits.Turns, used.Turns));

        static BudgetLine? Line(double limit, double used) => limit > 0 ? new BudgetLine(limit, used) : null;
    }

    private SortedDictionary<string, long> Limits(StreamReport? stream)
    {
        var limits = new SortedDictionary<string, long>(FactLimits, StringComparer.Ordinal);
        Add("timeline_entries", _timeline.Omitted);
        Add("warnings", _warnings.Omitted);
        Add("spans", _trace.Omitted);
        Add("tool_calls", Audit.Tools.Omitted);
        Add("written_texts", Audit.TextsOmitted);
        Add("worktree_files", Audit.WorkTree?.Omitted ?? 0);
        Add("oversized_lines", stream?.Oversized ?? 0);
        Add("stream_bytes", _outcome.NotKept);
        Add("output_bytes", _outcome.NotPassedOn);
        return limits;

        void Add(string name, long count)
        {
            if (count > 0)
            {
                limits[name] = count;
            }
        }
    }
}
