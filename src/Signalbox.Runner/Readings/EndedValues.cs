namespace Signalbox.Runner.Readings;

/// <summary>Names of the values of the event that ends a run.</summary>
internal static class EndedValues
{
    /// <summary>The code that the command itself exited with.</summary>
    public const string ExitCode = "exitCode";

    /// <summary>Number of the signal that ended the command.</summary>
    public const string Signal = "signal";

    /// <summary>The command was not started; <c>not_found</c> or <c>not_executable</c>.</summary>
    public const string NotStarted = "notStarted";

    /// <summary><c>No</c>, <c>Perhaps</c> or <c>Yes</c>: whether the kernel ended the command for want of memory.</summary>
    public const string KernelOom = "kernelOom";

    /// <summary>Of the tree, killed by the kernel for want of memory.</summary>
    public const string OomKills = "oomKills";

    /// <summary>How long the run went on, by a clock that nobody sets.</summary>
    public const string Seconds = "seconds";

    /// <summary>Bytes of the output that were neither written down nor read.</summary>
    public const string NotKept = "notKept";

    /// <summary>Bytes of the output that nobody took when the command had been ended.</summary>
    public const string NotPassedOn = "notPassedOn";

    /// <summary>Length of <c>log.jsonl</c> when the report was made; what is logged later is not among the report's files.</summary>
    public const string LogBytes = "logBytes";
}
