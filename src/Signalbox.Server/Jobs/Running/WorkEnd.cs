namespace Signalbox.Server.Jobs.Running;

/// <summary>How the work itself ended, before the reasons to end it are looked at.</summary>
internal sealed record WorkEnd
{
    public static WorkEnd Success { get; } = new() { Succeeded = true };

    /// <summary>Nothing was started.</summary>
    public static WorkEnd NotBegun { get; } = Failure("lost", "It was not started, because its lease was over.", "lost");

    public bool Succeeded { get; init; }

    /// <summary>The work cannot be ended and goes on; <see cref="StillRunning"/> ends when it does.</summary>
    public Task? StillRunning { get; init; }

    /// <summary>The work says itself that it was done when it was asked to end, so that a server's stop takes nothing from it.</summary>
    public bool DoneDespiteStop { get; init; }

    /// <summary>The same work would fail in the same way again, so repeating it is no use.</summary>
    public bool Permanent { get; init; }

    public int? ExitCode { get; init; }

    public ExecutionError? Error { get; init; }

    public string? Cause { get; init; }

    public static WorkEnd Failure(string type, string message, string cause, int? exitCode = null, string? stack = null) =>
        new() { Error = new ExecutionError(type, message, stack), Cause = cause, ExitCode = exitCode };
}
