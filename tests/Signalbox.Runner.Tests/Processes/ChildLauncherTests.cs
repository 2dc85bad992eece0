using System.Text;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Processes;
using Xunit;

namespace Signalbox.Runner.Tests.Processes;

/// <summary>Commands that are started for real.</summary>
public sealed class ChildLauncherTests
{
    private readonly List<RunnerEvent> _events = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(102)]
    [InlineData(126)]
    [InlineData(137)]
    [InlineData(255)]
    public async Task PassesOnTheExitCode(int code)
    {
        await using var child = Start($"exit {code}");
        var exit = await child.Exited.WaitAsync(Token);
        Assert.Equal(code, exit.Code);
        Assert.Null(exit.Signal);
        Assert.Equal(KernelOom.No, exit.KernelOom);
    }

    [Theory]
    [InlineData(15)]
    [InlineData(9)]
    [InlineData(6)]
    [InlineData(13)]
    public async Task TellsTheSignalThatEndedIt(int signal)
    {
        await using var child = Start($"kill -{signal} $$");
        var exit = await child.Exited.WaitAsync(Token);
        Assert.Equal((128 + signal, signal), (exit.Code, exit.Signal));
    }

    [Fact]
    public async Task HandsOverItsOutputUnchanged()
    {
        await using var child = Start("printf 'a\\0b\\n'; head -c 300000 /dev/zero", captures: true);
        using var output = new MemoryStream();
        await child.Output!.CopyToAsync(output, Token);
        await child.Exited.WaitAsync(Token);
        Assert.Equal(300_004, output.Length);
        Assert.Equal("a\0b\n", Encoding.ASCII.GetString(output.ToArray().AsSpan(0, 4)));
    }

    [Fact]
    public async Task EndsWhatLeftGroupAndSession()
    {
        await using var child = Start("setsid sleep 1000 & sleep 1001 & env -i /usr/bin/setsid -f sleep 1002; sleep 0.3; exit 3");
        var exit = await child.Exited.WaitAsync(Token);
        Assert.Equal(3, exit.Code);
        Assert.Equal(3, exit.Stragglers);
        Assert.Equal("3", Assert.Single(_events, static happened => happened.Kind == RunnerEventKind.StragglersEnded).Values["count"]);
    }

    private IChild Start(string script, bool captures = false)
    {
        var spec = new ChildSpec
        {
            Command = ["/bin/sh", "-c", script],
            Folder = Environment.CurrentDirectory,
            Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = "/usr/bin:/bin" },
            RunId = $"test-{Environment.ProcessId}-{Interlocked.Increment(ref s_number)}",
            CapturesOutput = captures,
        };
        return Assert.IsType<ChildStart.Started>(new ChildLauncher(TimeProvider.System, Keep).Start(spec)).Child;
    }

    private static int s_number;

    private void Keep(RunnerEvent happened)
    {
        lock (_events)
        {
            _events.Add(happened);
        }
    }
}
