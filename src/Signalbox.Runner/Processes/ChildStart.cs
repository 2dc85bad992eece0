namespace Signalbox.Runner.Processes;

/// <summary>What became of a start.</summary>
internal abstract record ChildStart
{
    private ChildStart()
    {
    }

    /// <summary>It runs.</summary>
    internal sealed record Started(IChild Child) : ChildStart;

    /// <summary>It does not.</summary>
    /// <param name="ExitCode">126 or 127, as a shell has it.</param>
    /// <param name="Message">A whole sentence for people.</param>
    internal sealed record NotStarted(int ExitCode, string Message) : ChildStart;
}
