namespace Signalbox.Runner.Resources;

/// <summary>Measures the runner itself.</summary>
internal interface IRunnerSource
{
    long ReadBytes();

    RunnerUsage Read();

    /// <summary>Collects garbage and gives memory back to the system.</summary>
    void Collect();
}
