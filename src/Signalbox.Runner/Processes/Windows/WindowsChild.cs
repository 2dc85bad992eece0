using System.Diagnostics;
using Signalbox.Runner.Processes.Linux;

namespace Signalbox.Runner.Processes.Windows;

/// <summary>A command on Windows, in a job object that ends with the runner.</summary>
/// <remarks>There are no signals: it can only be killed, with all of its tree.</remarks>
internal sealed class WindowsChild : IChild
{
    private readonly Process _process;
    private readonly WindowsJob _job;

    public WindowsChild(Process process, WindowsJob job, bool captures)
    {
        _process = process;
        _job = job;
        Output = captures ? process.StandardOutput.BaseStream : null;
        Exited = FollowAsync();
    }

    public int Id => _process.Id;

    public Stream? Output { get; }

    public ChildCgroup? Cgroup => null;

    public Task<ChildExit> Exited { get; }

    public IReadOnlyList<int> ReadProcesses() => _job.ReadProcesses();

    public bool Signal(int signal)
    {
        if (signal is not (SignalNumbers.Terminate or SignalNumbers.Kill))
        {
            return false;
        }

        _job.End();
        return true;
    }

    public void Terminate() => _job.End();

    public async Task KillAsync()
    {
        _job.End();
        await Exited;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _job.Dispose();
        _process.Dispose();
    }

    private async Task<ChildExit> FollowAsync()
    {
        await _process.WaitForExitAsync(CancellationToken.None);
        var left = _job.ReadProcesses().Count(process => process != _process.Id);
        _job.End();
        return new ChildExit { Code = _process.ExitCode, CpuTime = _process.TotalProcessorTime, LargestProcessBytes = _process.PeakWorkingSet64, Stragglers = left };
    }
}
