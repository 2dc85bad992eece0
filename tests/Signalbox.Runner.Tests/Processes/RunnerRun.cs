using System.Diagnostics;
using System.Text.Json;
using Signalbox.Runner.Processes.Linux;
using Signalbox.Sdk.Processes;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Runner.Tests.Processes;

/// <summary>A <c>cicd-runner</c> that a test starts as its users do.</summary>
internal sealed class RunnerRun : IDisposable
{
    /// <summary>A variable that everything below the runner inherits, the runner too.</summary>
    private const string Variable = "CICD_TEST_TREE";

    private readonly TemporaryFolder _folder = new();
    private readonly string _id = ChildHost.NextId();

    public string Folder => _folder.Path;

    /// <summary>The only run's outcome.</summary>
    public JsonElement ReadOutcome()
    {
        var runs = Path.Combine(Folder, ".cicd-runner", "runs");
        var run = Assert.Single(Directory.GetDirectories(runs));
        return JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "outcome.json"))).RootElement;
    }

    public Process Start(params string[] arguments) => StartProgram(ChildHost.Runner, arguments);

    public Process StartProgram(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var name in (string[])["PATH", "HOME", "DOTNET_ROOT", "TERM"])
        {
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value)
            {
                start.Environment[name] = value;
            }
        }

        start.Environment["CICD_RUNNER_WORKTREE__ENABLED"] = "false";
        start.Environment[Variable] = _id;
        return Process.Start(start)!;
    }

    /// <summary>Runs it to its end.</summary>
    public async Task<(int Code, byte[] Output, string Error)> RunAsync(byte[] input, params string[] arguments)
    {
        using var process = Start(arguments);
        var error = process.StandardError.ReadToEndAsync(ChildHost.Token);
        using var output = new MemoryStream();
        var reading = process.StandardOutput.BaseStream.CopyToAsync(output, ChildHost.Token);
        await process.StandardInput.BaseStream.WriteAsync(input, ChildHost.Token);
        process.StandardInput.Close();
        await reading;
        await process.WaitForExitAsync(ChildHost.Token);
        return (process.ExitCode, output.ToArray(), await error);
    }

    /// <summary>Live processes of this run: those with its variable, and guards that name it.</summary>
    public List<int> FindLeft() =>
        [.. ProcFiles.ReadAll().Where(process => !process.HasEnded && (ProcFiles.ReadVariable(process.Id, Variable) == _id || IsGuard(process.Id))).Select(static process => process.Id)];

    /// <summary>Waits until nothing is left.</summary>
    public Task IsGoneAsync() => Eventually.HoldsAsync("nothing of it is left", () => Task.FromResult(FindLeft().Count == 0), ChildHost.Token);

    public void Dispose()
    {
        foreach (var process in FindLeft())
        {
            UnixSignals.SendToProcess(process, UnixSignals.Kill);
        }

        _folder.Dispose();
    }

    private bool IsGuard(int process)
    {
        var words = KernelFile.Read($"/proc/{process}/cmdline", static text => System.Text.Encoding.UTF8.GetString(text)) ?? string.Empty;
        var runs = Path.Combine(Folder, ".cicd-runner", "runs");
        return words.Contains("cicd-runner-guard", StringComparison.Ordinal)
            && Directory.Exists(runs)
            && Directory.GetDirectories(runs).Any(run => words.Contains(Path.GetFileName(run), StringComparison.Ordinal));
    }
}
