using Signalbox.Runner.Readings.Report;

namespace Signalbox.Runner.Metrics;

/// <summary>What is told of a run once it has ended.</summary>
/// <param name="Trace">The content of <c>trace.json</c>; empty when there is none.</param>
/// <param name="LogFile">Path of the run's own log lines; null when they are not sent.</param>
internal sealed record RunPublication(RunReport Report, ReadOnlyMemory<byte> Trace, string? LogFile);

/// <summary>Somewhere that a run is told to over the network.</summary>
internal interface IRunPublisher
{
    /// <summary>For messages, without credentials.</summary>
    string Name { get; }

    Task<PublishResult> PublishAsync(RunPublication run, CancellationToken cancellationToken);
}

/// <summary>What became of telling.</summary>
/// <param name="Detail">Why it failed, or what the receiver did not take; without credentials. Null when all is well.</param>
internal sealed record PublishResult(string Publisher, PublishOutcome Outcome, string? Detail = null);

/// <summary>How telling ended.</summary>
internal enum PublishOutcome
{
    Taken,

    /// <summary>The receiver does not know this kind of message; nothing is wrong with the run.</summary>
    NotSupported,

    Failed,

    /// <summary>The deadline passed first.</summary>
    TooLate,
}
