using Signalbox.Runner.Facts;
using Signalbox.Runner.Readings.Report;
using Signalbox.Settings;

namespace Signalbox.Runner.Agents;

/// <summary>Notices an agent that does not end after its result, or tells nothing any more.</summary>
/// <remarks>
/// After a result only a new turn counts as going on: a session, a message, a call, an answer. What is told beside the conversation, such as a hook's output, does not hold the end off.
/// Measured by the clock's timestamps, so that setting the wall clock ends nothing. Thread-safe: lines come from one thread, time passes on another.
/// </remarks>
internal sealed class AgentWatch
{
    /// <summary>A limit may pass between the look and the wait.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(1);

    private readonly Lock _gate = new();
    private readonly AgentOptions _options;
    private readonly TimeProvider _clock;
    private long _lastLine;
    private long? _result;
    private string _last = "nothing";

    /// <summary>Begins to count: the agent has just been started.</summary>
    public AgentWatch(AgentOptions options, TimeProvider clock)
    {
        _options = options;
        _clock = clock;
        _lastLine = clock.GetTimestamp();
    }

    /// <summary>A line came, whether or not it told anything.</summary>
    public void LineRead()
    {
        lock (_gate)
        {
            _lastLine = _clock.GetTimestamp();
        }
    }

    /// <summary>Takes an event of the agent; other facts are of no interest.</summary>
    public void Take(RunFact fact)
    {
        lock (_gate)
        {
            switch (fact)
            {
                case ResultReported result:
                    _result = _clock.GetTimestamp();
                    _last = $"the result '{result.Subtype}'";
                    break;
                case SessionStarted:
                    _result = null;
                    _last = "the beginning of a session";
                    break;
                case AssistantSpoke:
                    _result = null;
                    _last = "a message of the model";
                    break;
                case ToolCalled call:
                    _result = null;
                    _last = $"a call of {call.Name} ({call.ToolUseId})";
                    break;
                case ToolReturned answer:
                    _result = null;
                    _last = $"the answer to the call {answer.ToolUseId}";
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>What is to be said now; null while all is well.</summary>
    public WatchVerdict? Check()
    {
        lock (_gate)
        {
            return Left() <= TimeSpan.Zero ? Verdict() : null;
        }
    }

    /// <summary>Waits until the agent hangs.</summary>
    /// <returns>Null when it never can, because both limits are off.</returns>
    /// <exception cref="OperationCanceledException">The agent ended, or the run did.</exception>
    public async Task<WatchVerdict?> RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (Check() is { } verdict)
            {
                return verdict;
            }

            if (Wait() is not { } wait)
            {
                return null;
            }

            await Task.Delay(wait, _clock, cancellationToken);
        }
    }

    /// <summary>How long there is certainly nothing to say; null for ever. A result may come at any time and shortens what is left, so no wait is longer than the shortest limit.</summary>
    private TimeSpan? Wait()
    {
        lock (_gate)
        {
            var left = Left();
            var wait = _options.HangAfterResult > TimeSpan.Zero && (left is null || left > _options.HangAfterResult) ? _options.HangAfterResult : left;
            return wait < Least ? Least : wait;
        }
    }

    private TimeSpan? Left()
    {
        var hang = _result is { } result && _options.HangAfterResult > TimeSpan.Zero ? _options.HangAfterResult - _clock.GetElapsedTime(result) : (TimeSpan?)null;
        var stall = _options.StallTimeout > TimeSpan.Zero ? _options.StallTimeout - _clock.GetElapsedTime(_lastLine) : (TimeSpan?)null;
        return hang is null ? stall : stall is null || hang < stall ? hang : stall;
    }

    private WatchVerdict Verdict()
    {
        if (_result is { } result && _options.HangAfterResult > TimeSpan.Zero && _clock.GetElapsedTime(result) >= _options.HangAfterResult)
        {
            return new WatchVerdict(
                OutcomeReasons.HangAfterResult,
                $"The agent told its result and has not exited {DurationText.Format(_options.HangAfterResult)} later.");
        }

        return new WatchVerdict(OutcomeReasons.Stalled, $"The agent has told nothing for {DurationText.Format(_options.StallTimeout)}; the last was {_last}.");
    }
}
