using Signalbox.Runner.Facts;
using Signalbox.Runner.Readings.Report;
using Signalbox.Sdk.Redaction;

namespace Signalbox.Runner.Readings;

/// <summary>Gathers what the runner warned of while the command ran.</summary>
internal sealed class WarningReading(Redactor redactor) : IRunReader
{
    public const string CodeValue = "code";

    private const int MaxWarnings = 100;

    private readonly List<WarningReport> _warnings = [];

    /// <summary>In the order in which they were written down.</summary>
    public IReadOnlyList<WarningReport> Warnings => _warnings;

    /// <summary>Those that had no room.</summary>
    public long Omitted { get; private set; }

    public void Take(RunFact fact)
    {
        if (fact is not RunnerEvent { Kind: RunnerEventKind.Warning or RunnerEventKind.LeakSuspected or RunnerEventKind.StragglersEnded or RunnerEventKind.Killed } told)
        {
            return;
        }

        if (_warnings.Count == MaxWarnings)
        {
            Omitted++;
            return;
        }

        var code = told.Kind switch
        {
            RunnerEventKind.LeakSuspected => "leak_suspected",
            RunnerEventKind.StragglersEnded => "stragglers_ended",
            RunnerEventKind.Killed => "killed",
            _ => told.Values.GetValueOrDefault(CodeValue) ?? "warning",
        };
        _warnings.Add(new WarningReport(code, redactor.Redact(told.Text)));
    }
}
