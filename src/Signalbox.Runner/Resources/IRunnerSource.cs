namespace Signalbox.Runner.Resources;

/// <summary>Measures the runner itself.</summary>
internal interface IRunnerSource
{
    long ReadBytes();

    /// <summary>Processor time that the runner has used since it began.</summary>
    TimeSpan ReadCpuTime();

    RunnerUsage Read();

    /// <summary>Collects garbage and gives memory back to the system.</summary>
    void Collect();
}
