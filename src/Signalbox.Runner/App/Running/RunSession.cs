using System.Globalization;
using Microsoft.Extensions.Logging;
using Signalbox.Runner.Agents;
using Signalbox.Runner.Auditing;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Processes;
using Signalbox.Runner.Readings;
using Signalbox.Runner.Readings.Report;
using Signalbox.Runner.Resources;
using Signalbox.Runner.WorkTree;

namespace Signalbox.Runner.App.Running;

/// <summary>The life of one run: starts the command, carries its output, keeps it within its limits, and closes the books when it has ended.</summary>
internal sealed class RunSession : IAsyncDisposable
{
    /// <summary>An output that is still open when the whole tree has ended is held by somebody outside of it; and of one that nobody takes when the tree was ended, nobody will.</summary>
    private static readonly TimeSpan OutputGrace = TimeSpan.FromSeconds(5);

    private readonly RunBeginning _run;
    private readonly RunReading _reading;
    private readonly AuditSender _sender;
    private readonly LiveAudit _audit;
    private readonly FactLog _facts;
    private readonly StateFile _state;
    private readonly ILogger _logger;
    private readonly Lazy<OwnSteps> _steps;
    private IDisposable? _heldAgain;
    private bool _isClosed;

    public RunSession(RunBeginning run)
    {
        _run = run;
        _logger = run.LoggerOf<RunSession>();
        _sender = new AuditSender(run.Request.Options.Upload, RunFolder.SpoolOf(run.RunsFolder), run.Redactor.Value, Clock, run.LoggerOf<AuditSender>()) { TraceParent = run.Trace.TraceParent };
        _audit = new LiveAudit(run.Folder, FurtherAudit(run), run.Logging, _sender.Take);
        _reading = new RunReading(run.Start, run.Redactor.Value, _audit.Take);
        _facts = new FactLog(run.Folder, _reading);
        _state = new StateFile(run.Folder.File(RunFiles.State));
        _steps = new Lazy<OwnSteps>(() => new OwnSteps(Clock, _logger, Warn));
    }

    private TimeProvider Clock => _run.Request.Clock;

    /// <returns>What the runner exits with.</returns>
    public async Task<int> RunAsync()
    {
        _state.Begin();
        var tree = await BeforeAsync();
        var reader = AgentReaders.Create(_run.Start.Agent, _run.Start.Mapping, _run.Start.Command);

        // Made before the command can make one of its own.
        using var raw = reader is null ? null : new StreamFile(_run.Folder, _run.Request.Options.Agent.MaxStreamBytes);
        await using var telemetry = LiveTelemetry.TryStart(_run);
        using var signals = new SignalForwarding(Clock, Tell);
        var (ended, stream) = new ChildLauncher(Clock, Tell).Start(SpecOf(reader is not null, telemetry)) switch
        {
            ChildStart.Started { Child: var child } => await FollowAsync(child, reader, raw, signals),
            ChildStart.NotStarted not => (NotStarted(not), (StreamReport?)null),
            var other => throw new InvalidOperationException($"A start of the kind {other.GetType().Name} is not known."),
        };
        await (telemetry?.StopAsync() ?? Task.CompletedTask);
        RestoreFolder();
        var looking = Task.Run(() => _steps.Value.LookAtMachineAsync(_run.Folder.Path));
        await CompareAsync(tree);
        await looking;
        if (_facts.NotWritten > 0)
        {
            Warn("facts_not_written", "Not all that happened could be written down; a replay of this run will differ.");
        }

        if (_run.Logging.NotShown > 0)
        {
            Warn("log_not_shown", string.Create(CultureInfo.InvariantCulture, $"{_run.Logging.NotShown} writes of the runner's log were not shown, since nobody read its stderr; log.jsonl has them."));
        }

        var notAudited = _audit.NotWritten;
        if (notAudited > 0)
        {
            Warn("audit_not_written", string.Create(CultureInfo.InvariantCulture, $"{notAudited} lines of audit records could not be written to their file: {_audit.Failure} The log has them."));
        }

        _isClosed = true;
        var documents = await _steps.Value.MeasureAsync(OwnSteps.ReportMake, () => Task.FromResult(new RunEnding(_run, _facts, _reading, _logger).Close(ended, stream)));
        if (_audit.NotWritten > notAudited)
        {
            // Of what only the work tree tells there are records when the report is being made.
            _logger.AuditNotWritten(_audit.NotWritten - notAudited, _audit.Failure);
        }

        await new Telling(_run, _sender, _steps.Value, _logger).TellAsync(documents, telemetry?.Publishers ?? []);
        return documents.Report.Outcome.ExitCode ?? ExitCodes.Failed;
    }

    public async ValueTask DisposeAsync()
    {
        await _sender.DisposeAsync();
        _facts.Dispose();
        _audit.Dispose();
        _heldAgain?.Dispose();
    }

    private async Task<(RunnerEvent Ended, StreamReport? Stream)> FollowAsync(IChild child, IAgentReader? reader, StreamFile? raw, SignalForwarding signals)
    {
        await using var _ = child;
        signals.Attach(child);
        _logger.RunBegins(
            _run.Start.Ci.Platform, _run.Start.Ci.Actor?.Id ?? "unknown", _run.Start.Folder, _run.Start.Agent ?? "none", string.Join(' ', _run.Start.Command));
        foreach (var warning in _run.Agent.Warnings)
        {
            Warn(warning.Code, warning.Message);
        }

        if (_run.Start.Agent is not null && _run.Request.Options.Policy.IsSet && ReferenceEquals(_run.Command, _run.Request.Command))
        {
            Warn("policy_recorded_only", "The agent does not ask before it acts here, so what the policy refuses is written down and not prevented.");
        }

        var supervision = new Supervision(_run, child, _facts, _reading, _state, Tell);
        using var output = reader is null ? null : new LiveOutput(_run, raw!, reader, _facts, new LiveAgentListeners(supervision.Watch, supervision.CheckBudget, _steps), Warn);
        var carrying = output?.RunAsync(child.Output!, new OutputEnd(child.Exited, Task.WhenAny(supervision.Stopping, signals.Asked), OutputGrace)) ?? Task.CompletedTask;
        await supervision.RunAsync();
        var exit = await child.Exited;
        await carrying;
        if (output is null)
        {
            // Nothing tells where decisions of a hook belong that the command's user installed; they are taken at the end, as a replay does.
            new AgentFeed(new DecisionFeed(new FactTail<PolicyDecided>(_run.Folder.File(RunFiles.Decisions), FactsJson.Default.PolicyDecided)), _facts.HandOn).Complete();
        }

        return (EndOf(exit, output), output?.Report);
    }

    /// <summary>What the command did to the folder must not take the run's end with it.</summary>
    private void RestoreFolder()
    {
        try
        {
            if (_run.Folder.Restore())
            {
                // The lock went with the folder.
                _heldAgain = _run.Folder.TryLock();
                _facts.Reopen();
                _ = FactDocument.Write(_run.Folder.File(RunFiles.Start), _run.Start, FactsJson.Default.RunStart);
                Warn("run_folder_removed", "Somebody removed the run's folder while the command ran. What was computed by then is written anew; the raw stream, samples and events are lost, and a replay will differ.");
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Warn("run_folder_removed", $"The run's folder is gone and cannot be made again: {exception.Message}");
        }
    }

    private static string? FurtherAudit(RunBeginning run) => run.Request.Options.Audit.File is { } file ? Path.GetFullPath(file, run.Request.Folder) : null;

    private ChildSpec SpecOf(bool capturesOutput, LiveTelemetry? telemetry) => new()
    {
        Command = _run.Command,
        Folder = _run.Request.Folder,
        Environment = ChildEnvironment.Of(_run.Request.Environment, _run.Folder, _run.Trace, telemetry?.Variables ?? new Dictionary<string, string?>(StringComparer.Ordinal), _run.Start.Agent is not null),
        RunId = _run.Folder.RunId,
        CapturesOutput = capturesOutput,
        HasTerminal = _run.Request.HasTerminal,
        MaxCores = _run.Request.Options.Resources.MaxCores,
        UsesCgroup = _run.Request.Options.Resources.UsesCgroup,
    };

    private async Task<WorkTreeSnapshot?> BeforeAsync()
    {
        try
        {
            return await _run.Before;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Warn("worktree_not_compared", $"The work tree could not be looked at before the run: {exception.Message}");
            return null;
        }
    }

    private async Task CompareAsync(WorkTreeSnapshot? tree)
    {
        if (tree is null)
        {
            return;
        }

        try
        {
            if (tree.Taken is { } taken)
            {
                await _steps.Value.TakeAsync(taken);
            }

            _facts.Record(await _steps.Value.MeasureAsync(OwnSteps.WorkTreeCompare, () => tree.CompareAsync(_run.Redactor.Value, Clock.GetUtcNow(), CancellationToken.None)));
            tree.Discard();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Warn("worktree_not_compared", $"The work tree could not be compared with what it was before the run: {exception.Message}");
        }
    }

    private RunnerEvent NotStarted(ChildStart.NotStarted not)
    {
        _logger.NotStarted(not.Message);
        return Ended(not.Message, new Dictionary<string, string>(StringComparer.Ordinal) { [EndedValues.NotStarted] = not.ExitCode == ExitCodes.NotFound ? "not_found" : "not_executable" });
    }

    private RunnerEvent EndOf(ChildExit exit, LiveOutput? output)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [exit.Signal is null ? EndedValues.ExitCode : EndedValues.Signal] = Text(exit.Signal ?? exit.Code),
            [EndedValues.KernelOom] = exit.KernelOom.ToString(),
            [ResourceReading.CpuSecondsValue] = Math.Round(exit.CpuTime.TotalSeconds, 3).ToString(CultureInfo.InvariantCulture),
        };
        if (exit.OomKills is { } kills)
        {
            values.Add(EndedValues.OomKills, Text(kills));
        }

        if (output is { NotKept: > 0 and var lost })
        {
            values.Add(EndedValues.NotKept, Text(lost));
        }

        if (output is { NotPassedOn: > 0 and var left })
        {
            values.Add(EndedValues.NotPassedOn, Text(left));
        }

        return Ended(exit.Signal is { } by ? $"The command was ended by signal {Text(by)}." : $"The command exited with {Text(exit.Code)}.", values);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private RunnerEvent Ended(string text, Dictionary<string, string> values)
    {
        values.Add(EndedValues.Seconds, Clock.GetElapsedTime(_run.Began).TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture));
        return new RunnerEvent { At = Clock.GetUtcNow(), Kind = RunnerEventKind.Ended, Text = text, Values = values };
    }

    private void Warn(string code, string text) => Tell(new RunnerEvent
    {
        At = Clock.GetUtcNow(),
        Kind = RunnerEventKind.Warning,
        Text = text,
        Values = new Dictionary<string, string>(StringComparer.Ordinal) { [WarningReading.CodeValue] = code },
    });

    private void Tell(RunnerEvent told)
    {
        // What happens when the report is made comes too late for it; so a replay must not find it either.
        if (!_isClosed)
        {
            _facts.Record(told);
        }

        _logger.Log(told);
    }
}
