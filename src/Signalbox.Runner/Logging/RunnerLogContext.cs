namespace Signalbox.Runner.Logging;

/// <summary>What every line of a run's log says of the run.</summary>
internal sealed record RunnerLogContext
{
    /// <summary>Empty for a program that runs nothing.</summary>
    public required string RunId { get; init; }

    /// <summary>32 hexadecimal digits.</summary>
    public required string TraceId { get; init; }

    /// <summary>16 hexadecimal digits: the span of the run.</summary>
    public required string SpanId { get; init; }

    /// <summary>The platform's own id of its run; null where it has none.</summary>
    public string? CiRunId { get; init; }
}
