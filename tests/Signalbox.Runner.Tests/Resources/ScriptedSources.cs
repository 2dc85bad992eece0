using Signalbox.Runner.Resources;

namespace Signalbox.Runner.Tests.Resources;

/// <summary>A tree that uses what a test says.</summary>
internal sealed class ScriptedTree : ITreeSource
{
    public long Bytes { get; set; }

    public int Threads { get; set; } = 3;

    public int Looks { get; private set; }

    public TimeSpan CpuTime { get; set; }

    public bool IsHeld { get; private set; }

    public bool CanHold { get; set; } = true;

    public long ReadUpperBound()
    {
        Looks++;
        return Bytes;
    }

    public TreeUsage Read() => new(Bytes, "pss", CpuTime, 1, Threads, 10, null);

    public bool Hold(bool held) => IsHeld = held && CanHold;
}

/// <summary>A runner that uses what a test says.</summary>
internal sealed class ScriptedRunner : IRunnerSource
{
    public long Bytes { get; set; }

    public long Goroutines { get; set; } = 8;

    public int Collections { get; private set; }

    public TimeSpan CpuTime { get; set; }

    public long ReadBytes() => Bytes;

    public TimeSpan ReadCpuTime() => CpuTime;

    public RunnerUsage Read() => new(Bytes, 1000 - Collections, 2000, Collections, Goroutines, CpuTime);

    public void Collect() => Collections++;
}
