namespace Signalbox.Runner.Processes;

/// <summary>The mark in the environment that every process of a run inherits, wherever it goes.</summary>
internal static class RunMark
{
    public const string Variable = "CICD_RUNNER_RUN";
}
