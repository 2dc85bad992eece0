using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Signalbox.Testing.Processes;

/// <summary>A program that a test runs: its output is kept, it is signalled and stopped by its process id, and it does not outlive the test.</summary>
public sealed partial class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan OutputLimit = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly SemaphoreSlim _lineArrived = new(0);
    private int _disposed;

    private ChildProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Everything written to stdout and stderr so far.</summary>
    public string Output => string.Join('\n', _lines);

    /// <exception cref="System.ComponentModel.Win32Exception">The program cannot be started.</exception>
    public static ChildProcess Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? workingFolder = null)
    {
        var start = Describe(program, arguments, environment, workingFolder);
        var process = Process.Start(start)!;
        var child = new ChildProcess(process);
        process.OutputDataReceived += (_, line) => child.Keep(line.Data);
        process.ErrorDataReceived += (_, line) => child.Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Runs a program to its end.</summary>
    public static async Task<ProcessResult> RunAsync(
        string program, IEnumerable<string> arguments, CancellationToken cancellationToken, string? input = null, IReadOnlyDictionary<string, string>? environment = null, string? workingFolder = null)
    {
        var start = Describe(program, arguments, environment, workingFolder);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        await GiveAsync(process, input, cancellationToken);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new ProcessResult(process.ExitCode, await output, await error);
    }

    /// <summary>Waits until a line of output contains <paramref name="text"/>, and returns that line.</summary>
    /// <exception cref="InvalidOperationException">The program ended before it said so; the message carries its output.</exception>
    public async Task<string> WaitForLineAsync(string text, CancellationToken cancellationToken)
    {
        var ended = false;
        while (true)
        {
            if (_lines.FirstOrDefault(line => line.Contains(text, StringComparison.Ordinal)) is { } found)
            {
                return found;
            }

            if (ended)
            {
                throw new InvalidOperationException($"{_process.StartInfo.FileName} ended with {_process.ExitCode} and never said '{text}':\n{Output}");
            }

            if (_process.HasExited)
            {
                // What it wrote last may still be on its way: looked at once more when all of it is here.
                await ReadToEndAsync(cancellationToken);
                ended = true;
                continue;
            }

            await _lineArrived.WaitAsync(TimeSpan.FromMilliseconds(100), cancellationToken);
        }
    }

    /// <summary>Sends a signal by number, for instance 15 for SIGTERM.</summary>
    public void Signal(int signal)
    {
        if (SendSignal(_process.Id, signal) != 0)
        {
            throw new InvalidOperationException($"Signal {signal} could not be sent to {_process.Id}: error {Marshal.GetLastPInvokeError()}.");
        }
    }

    public void Kill() => _process.Kill();

    public async Task<int> WaitForExitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Ends it when it still runs; a second time does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _lineArrived.Dispose();
    }

    private static async Task GiveAsync(Process process, string? input, CancellationToken cancellationToken)
    {
        try
        {
            if (input is not null)
            {
                await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
            }

            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended, or does not read its input; what it says of that is in the result.
        }
    }

    /// <summary>Waits for the output of a program that has ended; not for ever, as what it started may hold it open.</summary>
    private async Task ReadToEndAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(OutputLimit);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // What has come by then is all there is to look at.
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendSignal(int processId, int signal);

    private static ProcessStartInfo Describe(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment, string? workingFolder)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            StandardOutputEncoding = Encoding.UTF8,
            WorkingDirectory = workingFolder ?? Path.GetTempPath(),
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            _lines.Enqueue(line);
            try
            {
                _lineArrived.Release();
            }
            catch (ObjectDisposedException)
            {
                // The last lines of a program that is being stopped have nobody waiting for them.
            }
        }
    }
}

/// <summary>What a program that ran to its end left.</summary>
public sealed record ProcessResult(int ExitCode, string Output, string Error);
