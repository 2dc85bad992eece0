namespace Signalbox.Server.Jobs.Running;

/// <summary>How an attempt ended.</summary>
internal enum RunEnd
{
    Succeeded,
    Failed,
    TimedOut,
    Cancelled,

    /// <summary>A handler went on after its grace; it still holds its slot.</summary>
    Abandoned,

    /// <summary>The lease was lost; nothing of this result may be written.</summary>
    Lost,

    /// <summary>The server stopped before the attempt ended; the attempt may be repeated elsewhere.</summary>
    Interrupted,
}

/// <summary>What an attempt came to.</summary>
internal sealed record RunResult
{
    public required RunEnd End { get; init; }

    public int? ExitCode { get; init; }

    public ExecutionError? Error { get; init; }

    /// <summary>Groups failures in statistics, with few different values: <c>exit code 2</c>, <c>http 503</c>, <c>timeout</c>, an exception's type.</summary>
    public string? Cause { get; init; }

    /// <summary>The same attempt would fail in the same way again (a status 404, arguments that do not fit), so no policy should repeat it.</summary>
    public bool Permanent { get; init; }

    public long OutputBytes { get; init; }

    /// <summary>Some output was left out because of its limit.</summary>
    public bool OutputCut { get; init; }
}
