using System.Globalization;
using Signalbox.Runner.App;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Readings.Report;
using Signalbox.Runner.Usage;

namespace Signalbox.Runner.Readings;

/// <summary>Tells how a run ended, who ended it, and what the runner exits with.</summary>
internal sealed class OutcomeReading(RunStart start) : IRunReader
{
    /// <summary>Signals that ask a program to end; a command that ends after one of them was interrupted.</summary>
    private static readonly HashSet<string> Asking = new(StringComparer.Ordinal) { "SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM" };

    /// <summary>Signals that a program earns by what it does itself.</summary>
    private static readonly HashSet<int> OfItsOwn = [3, 4, 5, 6, 7, 8, 11, 13, 31];

    private const int KilledCode = 137;
    private const int KillSignal = 9;

    private RunnerEvent? _stopping;
    private RunnerEvent? _asked;
    private RunnerEvent? _ended;

    /// <summary>Signals that were passed on and mean what the command makes of them, by number.</summary>
    private readonly Dictionary<string, RunnerEvent> _others = new(StringComparer.Ordinal);
    private ResultReported? _result;
    private DateTimeOffset _last = start.At;

    /// <summary>Whether the command has ended, as far as the facts tell.</summary>
    public bool HasEnded => _ended is not null;

    public void Take(RunFact fact)
    {
        _last = fact.At > _last ? fact.At : _last;
        switch (fact)
        {
            case ResultReported result:
                _result = result;
                break;
            case RunnerEvent { Kind: RunnerEventKind.Stopping } stopping:
                _stopping ??= stopping;
                break;
            case RunnerEvent { Kind: RunnerEventKind.SignalPassedOn } passed when Asking.Contains(passed.Values.GetValueOrDefault("signal", string.Empty)):
                _asked ??= passed;
                break;
            case RunnerEvent { Kind: RunnerEventKind.SignalPassedOn } passed when passed.Values.TryGetValue("number", out var number):
                _others.TryAdd(number, passed);
                break;
            case RunnerEvent { Kind: RunnerEventKind.Ended } ended:
                _ended = ended;
                break;
        }
    }

    /// <summary>How much of the log belongs to the report; null for all of it.</summary>
    public long? LogBytes => NumberOf(EndedValues.LogBytes);

    /// <summary>Bytes of the output that were neither written down nor read.</summary>
    public long NotKept => NumberOf(EndedValues.NotKept) ?? 0;

    /// <summary>Bytes of the output that nobody took when the command had been ended.</summary>
    public long NotPassedOn => NumberOf(EndedValues.NotPassedOn) ?? 0;

    /// <summary>What the outcome will be when the run ends in this way.</summary>
    public OutcomeReport Preview(RunnerEvent ended, ResourceReport resources)
    {
        _ended = ended;
        var outcome = Finish(resources);
        _ended = null;
        return outcome;
    }

    /// <summary>A run that has no end is incomplete.</summary>
    public OutcomeReport Finish(ResourceReport resources)
    {
        var verdict = _ended is { } ended
            ? VerdictOf(ended)
            : new Verdict(null, null, OutcomeReasons.Incomplete, null, "The runner was ended before it saw the command's end.");
        var finished = _ended?.At is { } end && end >= start.At ? end : _last;
        return new OutcomeReport
        {
            RunId = start.RunId,
            TraceId = start.TraceId,
            ExitCode = verdict.Code,
            ExitSource = verdict.Source,
            Reason = verdict.Reason,
            StoppedBy = verdict.By,
            Detail = NotKept > 0 ? string.Create(CultureInfo.InvariantCulture, $"{verdict.Detail} The last {NotKept} bytes of its output were not kept, and what they tell is not in this report.") : verdict.Detail,
            Signal = NumberOf(EndedValues.Signal) is { } signal ? (int)signal : null,
            PeakMemoryBytes = resources.Samples > 0 ? resources.PeakBytes : null,
            LimitBytes = start.Limits.MemoryBytes,
            OomKills = OomKills(resources),
            StartedAt = start.At,
            FinishedAt = finished,
            DurationSeconds = SecondsOf(EndedValues.Seconds) ?? Seconds(finished - start.At),
        };

        Verdict VerdictOf(RunnerEvent end) =>
            end.Values.GetValueOrDefault(EndedValues.NotStarted) is { } why
                ? new Verdict(why == "not_found" ? ExitCodes.NotFound : ExitCodes.NotExecutable, "runner", OutcomeReasons.NotStarted, "runner", end.Text)
                : Stopped() ?? Itself(OomKills(resources) ?? 0);
    }

    /// <summary>Milliseconds are as exact as the facts' times.</summary>
    /// <returns>Never less than 0, also when somebody set the clock back meanwhile.</returns>
    public static double Seconds(TimeSpan span) => Math.Max(0, Math.Round(span.TotalSeconds, 3));

    /// <summary>When the runner itself ended the command.</summary>
    private Verdict? Stopped() => _stopping?.Values.GetValueOrDefault("reason") switch
    {
        null => null,
        { } reason when _stopping.Values.ContainsKey(BudgetFinding.LateValue) =>
            NumberOf(EndedValues.Signal) is null ? new Verdict(ExitCodes.ResourceLimit, "runner", reason, "command", _stopping.Text) : null,
        OutcomeReasons.HangAfterResult => new Verdict(ByResult(), "agent", OutcomeReasons.HangAfterResult, "runner", _stopping.Text),
        OutcomeReasons.Stalled => new Verdict(_result is null ? ExitCodes.Failed : ByResult(), _result is null ? "runner" : "agent", OutcomeReasons.Stalled, "runner", _stopping.Text),
        { } reason => new Verdict(ExitCodes.ResourceLimit, "runner", reason, "runner", _stopping.Text),
    };

    private Verdict Itself(long oomKills)
    {
        if (NumberOf(EndedValues.Signal) is { } signal)
        {
            var code = 128 + (int)signal;
            var kernel = _ended!.Values.GetValueOrDefault(EndedValues.KernelOom);
            var name = Signalbox.Sdk.Processes.UnixSignals.NameOfExit(code) ?? string.Create(CultureInfo.InvariantCulture, $"signal {signal}");
            var passed = _asked ?? _others.GetValueOrDefault(signal.ToString(CultureInfo.InvariantCulture));
            return (signal, oomKills, passed) switch
            {
                (KillSignal, _, _) when kernel == "Yes" || oomKills > 0 => new Verdict(code, "signal", OutcomeReasons.KernelOom, "kernel", "The kernel killed the command for want of memory."),
                (KillSignal, _, null) when kernel == "Perhaps" => new Verdict(
                    code, "signal", OutcomeReasons.Signal, "user", "The command was killed, which did not come through the runner; the kernel killed somebody on this machine for want of memory meanwhile, perhaps this one."),
                (_, _, { } asked) => new Verdict(code, "signal", OutcomeReasons.Interrupted, "user", $"{asked.Text} The command ended by {name}."),
                _ => new Verdict(code, "signal", OutcomeReasons.Signal, OfItsOwn.Contains((int)signal) ? "command" : "user", $"The command was ended by {name}, which did not come through the runner."),
            };
        }

        var own = (int)(NumberOf(EndedValues.ExitCode) ?? ExitCodes.Failed);
        return own switch
        {
            0 when _result?.IsError == true => new Verdict(ExitCodes.Failed, "agent", OutcomeReasons.AgentError, "command", "The command exited with 0, but the agent's result says that it failed."),
            0 => new Verdict(0, "command", OutcomeReasons.Completed, "command", $"The command exited with 0.{Meanwhile(oomKills)}"),
            KilledCode when oomKills > 0 => new Verdict(own, "command", OutcomeReasons.KernelOom, "kernel", "The kernel killed a process of the command for want of memory, and the command exited with 137."),
            KilledCode when _asked is null && _ended!.Values.GetValueOrDefault(EndedValues.KernelOom) == "Perhaps" => new Verdict(
                own, "command", OutcomeReasons.Failed, "command", "The command itself exited with 137, as a shell does whose command was killed; the kernel killed somebody on this machine for want of memory meanwhile, perhaps that one."),
            _ when _asked is not null => new Verdict(own, "command", OutcomeReasons.Interrupted, "user", string.Create(CultureInfo.InvariantCulture, $"{_asked.Text} The command exited with {own}.")),
            _ => new Verdict(own, "command", OutcomeReasons.Failed, "command", string.Create(CultureInfo.InvariantCulture, $"The command itself exited with {own}.{Meanwhile(oomKills)}")),
        };
    }

    /// <summary>A compiler that the kernel killed makes a build fail with a code of the build's own.</summary>
    private static string Meanwhile(long oomKills) => oomKills switch
    {
        0 => string.Empty,
        1 => " Meanwhile the kernel killed a process for want of memory.",
        _ => string.Create(CultureInfo.InvariantCulture, $" Meanwhile the kernel killed {oomKills} processes for want of memory."),
    };

    private int ByResult() => _result?.IsError == false ? ExitCodes.Done : ExitCodes.Failed;

    private long? OomKills(ResourceReport resources) => NumberOf(EndedValues.OomKills) ?? resources.OomKills;

    private long? NumberOf(string name) =>
        long.TryParse(_ended?.Values.GetValueOrDefault(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private double? SecondsOf(string name) =>
        double.TryParse(_ended?.Values.GetValueOrDefault(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && double.IsFinite(seconds) && seconds >= 0 ? Math.Round(seconds, 3) : null;

    private sealed record Verdict(int? Code, string? Source, string Reason, string? By, string Detail);
}
