namespace Signalbox.Runner.Processes;

/// <summary>How a command ended, and what was left of it.</summary>
internal sealed record ChildExit
{
    /// <summary>Its own exit code, or 128 + n when signal n ended it.</summary>
    public required int Code { get; init; }

    /// <summary>Number of the signal that ended it; null when it ended by itself, whatever its code.</summary>
    public int? Signal { get; init; }

    /// <summary>Processor time of the command and of those of its descendants that were waited for.</summary>
    public TimeSpan CpuTime { get; init; }

    /// <summary>Processes that outlived the command and were ended.</summary>
    public int Stragglers { get; init; }

    /// <summary>Whether the kernel ended the command for want of memory.</summary>
    public KernelOom KernelOom { get; init; }

    /// <summary>Processes of the tree, or of the container around it, that the kernel killed for want of memory meanwhile; null where nothing tells.</summary>
    public long? OomKills { get; init; }
}

/// <summary>What is known of the kernel's part in an end.</summary>
internal enum KernelOom
{
    /// <summary>It was not the kernel, or nothing says so.</summary>
    No,

    /// <summary>The command was killed while the kernel killed somebody on this machine for want of memory.</summary>
    Perhaps,

    /// <summary>The command was killed, and the kernel counts the kill in its cgroup.</summary>
    Yes,
}
