namespace Signalbox.Runner.Receiving;

/// <summary>How much of an agent's own telemetry is taken, kept and forwarded.</summary>
internal sealed record ReceiverBounds
{
    /// <summary>Of one request, plain and unpacked each.</summary>
    public int MaxBodyBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>Of all that waits to be forwarded.</summary>
    public long MaxQueueBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Of the file; logs and spans may fill three quarters of it, the rest is for metrics, from which tokens are counted.</summary>
    public long MaxFileBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Requests that are worked on at once.</summary>
    public int MaxConcurrent { get; init; } = 16;

    /// <summary>For forwarding one body while the command runs.</summary>
    public TimeSpan ForwardTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For requests that have begun when the receiver is stopped.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromMilliseconds(500);
}
