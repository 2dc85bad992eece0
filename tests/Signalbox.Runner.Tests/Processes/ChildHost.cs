using System.Globalization;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Processes;
using Xunit;

namespace Signalbox.Runner.Tests.Processes;

/// <summary>
/// Tests that start commands in this process: one after the other and beside no others, as a process without a mark that comes to the runner belongs to its only command, and what
/// others start while a command goes into its cgroup goes there too.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ChildTests
{
    public const string Name = "children";
}

/// <summary>Starts commands for tests, and keeps what happened to them.</summary>
internal sealed class ChildHost
{
    private static int s_number;

    private readonly List<RunnerEvent> _events = [];

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static string FakeAgent { get; } = Path.Combine(Folder("Signalbox.Runner.FakeAgent"), "Signalbox.Runner.FakeAgent");

    /// <summary>Where it was built: the copy beside the tests lacks what the web framework brings along.</summary>
    public static string Runner { get; } = Path.Combine(Folder("Signalbox.Runner"), "cicd-runner");

    public IReadOnlyList<RunnerEvent> Events
    {
        get
        {
            lock (_events)
            {
                return [.. _events];
            }
        }
    }

    public static string NextId() => string.Create(CultureInfo.InvariantCulture, $"test-{Environment.ProcessId}-{Interlocked.Increment(ref s_number)}");

    public static ChildSpec Spec(params string[] command) => new()
    {
        Command = command,
        Folder = Environment.CurrentDirectory,
        Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = "/usr/local/bin:/usr/bin:/bin", ["DOTNET_ROOT"] = Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? string.Empty },
        RunId = NextId(),
    };

    public static ChildSpec Shell(string script) => Spec("/bin/sh", "-c", script);

    public IChild Start(ChildSpec spec) => Assert.IsType<ChildStart.Started>(TryStart(spec)).Child;

    public ChildStart TryStart(ChildSpec spec) => new ChildLauncher(TimeProvider.System, Keep).Start(spec);

    public void Keep(RunnerEvent happened)
    {
        lock (_events)
        {
            _events.Add(happened);
        }
    }

    /// <summary>Runs a script to its end.</summary>
    /// <returns>What it wrote, without the last line feed.</returns>
    public async Task<(string Output, ChildExit Exit)> RunAsync(ChildSpec spec)
    {
        await using var child = Start(spec with { CapturesOutput = true });
        using var reader = new StreamReader(child.Output!);
        var output = await reader.ReadToEndAsync(Token);
        return (output.TrimEnd('\n'), await child.Exited.WaitAsync(Token));
    }

    /// <summary>Whether there is such a process that has not ended.</summary>
    public static bool IsAlive(int process) => Signalbox.Runner.Processes.Linux.ProcFiles.ReadStat(process) is { HasEnded: false };

    private static string Folder(string project) => Path.Combine(AppContext.BaseDirectory, "..", "..", project, Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)));
}
