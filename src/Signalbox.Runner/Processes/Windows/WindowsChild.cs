using System.Diagnostics;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Processes.Linux;

namespace Signalbox.Runner.Processes.Windows;

/// <summary>A command on Windows, in a job object that ends with the runner.</summary>
/// <remarks>There are no signals: it can only be killed, with all of its tree. What is typed to end it, it gets from its console itself.</remarks>
internal sealed class WindowsChild : IChild
{
    /// <summary>What the system starts beside a program that needs a console and has none.</summary>
    private const string ConsoleHost = "conhost";

    private readonly Process _process;
    private readonly WindowsJob _job;
    private readonly Action<RunnerEventKind, string, (string Name, string Value)[]> _tell;

    public WindowsChild(Process process, WindowsJob job, bool captures, Action<RunnerEventKind, string, (string Name, string Value)[]> tell)
    {
        _process = process;
        _job = job;
        _tell = tell;
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
        var left = _job.ReadProcesses().Count(process => process != _process.Id && !IsConsoleHost(process));
        _job.End();
        LeftBehind.Tell(left, _tell);
        return new ChildExit { Code = _process.ExitCode, CpuTime = _job.ReadCpuTime() ?? _process.TotalProcessorTime, Stragglers = left };
    }

    private static bool IsConsoleHost(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return process.ProcessName == ConsoleHost;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            // It has ended by itself meanwhile, which is no outliving either.
            return true;
        }
    }
}
