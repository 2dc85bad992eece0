using System.Text.Json.Serialization;

namespace Signalbox.Runner.Facts;

/// <summary>Something that the runner itself did or saw. One line of <c>events.jsonl</c>.</summary>
[JsonConverter(typeof(RunnerEventConverter))]
internal sealed record RunnerEvent : RunFact
{
    public required RunnerEventKind Kind { get; init; }

    /// <summary>A whole sentence for people.</summary>
    public required string Text { get; init; }

    /// <summary>What belongs to it: <c>pid</c>, <c>signal</c>, <c>reason</c>, <c>bytes</c>, …</summary>
    public IReadOnlyDictionary<string, string> Values { get; init => field = value ?? new Dictionary<string, string>(StringComparer.Ordinal); } = new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>What a <see cref="RunnerEvent"/> tells.</summary>
internal enum RunnerEventKind
{
    /// <summary>The command has started; <c>pid</c>, <c>cgroup</c>.</summary>
    Started,

    /// <summary>A signal came and was passed on; <c>signal</c>.</summary>
    SignalPassedOn,

    /// <summary>Memory, threads or the like passed a threshold; <c>level</c>, <c>bytes</c>.</summary>
    LevelChanged,

    /// <summary>A collection was asked for; <c>before</c>, <c>after</c> in bytes.</summary>
    GarbageCollected,

    /// <summary>A count only grows; <c>name</c>, <c>from</c>, <c>to</c>.</summary>
    LeakSuspected,

    /// <summary>The runner ends the tree; <c>reason</c> is one of those of the outcome.</summary>
    Stopping,

    /// <summary>The tree did not end in time and was killed.</summary>
    Killed,

    /// <summary>Processes outlived the command and were ended; <c>count</c>.</summary>
    StragglersEnded,

    /// <summary>Something is not as it should be and the run goes on; <c>code</c>.</summary>
    Warning,

    /// <summary>The command has ended; the outcome's members. Always the last one.</summary>
    Ended,
}
