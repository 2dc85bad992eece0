using Signalbox.Sdk.Redaction;

namespace Signalbox.Runner.Logging;

/// <summary>Where a run's log goes.</summary>
internal sealed record RunnerLogTarget
{
    /// <summary>Stderr.</summary>
    public required TextWriter Errors { get; init; }

    /// <summary>Whether people read <see cref="Errors"/>.</summary>
    public required bool IsTerminal { get; init; }

    /// <summary>The copy, always JSON, created with mode 0600; null for none.</summary>
    public string? File { get; init; }

    /// <summary>Called when the first line is written, since building it takes longer than the rest of the start.</summary>
    public required Lazy<Redactor> Redactor { get; init; }

    public required TimeProvider Clock { get; init; }
}
