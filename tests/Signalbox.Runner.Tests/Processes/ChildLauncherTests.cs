using System.Globalization;
using System.Text;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Processes;
using Xunit;

namespace Signalbox.Runner.Tests.Processes;

/// <summary>Commands that are started for real.</summary>
[Collection(ChildTests.Name)]
public sealed class ChildLauncherTests
{
    private const string List = "for one in /proc/$$/fd/*; do readlink $one; done";

    private readonly ChildHost _host = new();

    private static CancellationToken Token => ChildHost.Token;

    [Fact]
    public async Task PassesOnEveryExitCode()
    {
        for (var code = 0; code < 256; code++)
        {
            await using var child = _host.Start(ChildHost.Shell($"exit {code}"));
            var exit = await child.Exited.WaitAsync(Token);
            Assert.Equal((code, null, KernelOom.No, 0), (exit.Code, exit.Signal, exit.KernelOom, exit.Stragglers));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(6)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(13)]
    [InlineData(15)]
    public async Task TellsTheSignalThatEndedIt(int signal)
    {
        await using var child = _host.Start(ChildHost.Shell($"kill -{signal} $$; sleep 100"));
        var exit = await child.Exited.WaitAsync(Token);
        Assert.Equal((128 + signal, signal), (exit.Code, exit.Signal));
    }

    [Fact]
    public async Task HandsOverItsOutputUnchanged()
    {
        await using var child = _host.Start(ChildHost.Shell("printf 'a\\0b\\n'; head -c 3000000 /dev/zero") with { CapturesOutput = true });
        using var output = new MemoryStream();
        await child.Output!.CopyToAsync(output, Token);
        await child.Exited.WaitAsync(Token);
        Assert.Equal(3_000_004, output.Length);
        Assert.Equal("a\0b\n", Encoding.ASCII.GetString(output.ToArray().AsSpan(0, 4)));
    }

    [Fact]
    public async Task LeavesSignalsTheirUsualMeaning()
    {
        // 32 and 33 are the C library's own, which it keeps from programs that it starts.
        const ulong library = 3UL << 31;
        var (output, _) = await _host.RunAsync(ChildHost.Spec("/bin/grep", "-E", "^Sig(Blk|Ign)", "/proc/self/status"));
        var signals = output.Split('\n').Select(static line => ulong.Parse(line.Split('\t')[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) & ~library);
        Assert.Equal([0UL, 0UL], signals);
    }

    [Fact]
    public async Task LeavesNoDescriptorsOfItsOwnOpenInTheCommand()
    {
        var (inherited, _) = await _host.RunAsync(ChildHost.Shell(List));
        await using var other = _host.Start(ChildHost.Shell("sleep 1000") with { CapturesOutput = true });
        var (output, _) = await _host.RunAsync(ChildHost.Shell(List));

        // Its own output is the only one that whoever started the tests did not leave open, though the guards' pipes and the other command's are open here.
        Assert.Single(output.Split('\n').Except(inherited.Split('\n')));
        Assert.Single(inherited.Split('\n').Except(output.Split('\n')));
        Assert.DoesNotContain("socket:", output, StringComparison.Ordinal);
        Assert.DoesNotContain("anon_inode:", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MakesItTheLeaderOfAGroupAndGivesItTheMark()
    {
        var spec = ChildHost.Shell("echo $CICD_RUNNER_RUN; cut -d' ' -f5 /proc/$$/stat; echo $$; pwd") with { Folder = "/usr" };
        var (output, _) = await _host.RunAsync(spec);
        var lines = output.Split('\n');
        Assert.Equal((spec.RunId, "/usr"), (lines[0], lines[3]));
        Assert.Equal(lines[2], lines[1]);
    }

    [Fact]
    public async Task GivesItsOwnEnvironmentAndNothingElse()
    {
        var spec = ChildHost.Spec("/usr/bin/env") with { Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["ODD.NAME"] = "é = ü", ["EMPTY"] = string.Empty } };
        var (output, _) = await _host.RunAsync(spec);
        Assert.Equal(["CICD_RUNNER_RUN=" + spec.RunId, "EMPTY=", "ODD.NAME=é = ü"], output.Split('\n').Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("/nowhere/at-all", 127, "/nowhere/at-all does not exist.")]
    [InlineData("no-such-command-anywhere", 127, "no-such-command-anywhere was found in no folder of PATH.")]
    [InlineData("/etc/passwd", 126, "/etc/passwd is not executable.")]
    [InlineData("/usr", 126, "/usr is a folder.")]
    [InlineData("", 126, "The command's file is empty, or has the character nought in it.")]
    public void SaysWhyItCannotBeStarted(string file, int code, string message)
    {
        Assert.Equal(new ChildStart.NotStarted(code, message), _host.TryStart(ChildHost.Spec(file)));
        Assert.Empty(_host.Events);
    }

    [Fact]
    public void SaysWhatTheSystemSaysOfAFileThatIsNoProgram()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no modes of files.");
            return;
        }

        var file = Path.Combine(Path.GetTempPath(), ChildHost.NextId());
        File.WriteAllText(file, "\u007fELF but not really");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        try
        {
            var fault = Assert.IsType<ChildStart.NotStarted>(_host.TryStart(ChildHost.Spec(file)));
            Assert.Equal((126, $"{file} could not be started: Exec format error."), (fault.ExitCode, fault.Message));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task KeepsItToSoManyCores()
    {
        var (output, _) = await _host.RunAsync(ChildHost.Spec("/usr/bin/nproc") with { MaxCores = 1 });
        var (all, _) = await _host.RunAsync(ChildHost.Spec("/usr/bin/nproc"));
        Assert.Equal("1", output);
        Assert.Equal(Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture), all);
    }

    [Fact]
    public async Task TellsThatItRuns()
    {
        await using var child = _host.Start(ChildHost.Shell("exit 0"));
        var started = Assert.Single(_host.Events);
        Assert.Equal((RunnerEventKind.Started, child.Id.ToString(CultureInfo.InvariantCulture)), (started.Kind, started.Values["pid"]));
        await child.Exited.WaitAsync(Token);
        Assert.False(child.Signal(SignalNumbers.Terminate));
        Assert.Empty(child.ReadProcesses());
    }

    [Fact]
    public async Task KnowsNoKernelInAChildThatReturnsItsCode()
    {
        await using var child = _host.Start(ChildHost.Shell("exit 137"));
        var exit = await child.Exited.WaitAsync(Token);
        Assert.Equal((137, null, KernelOom.No), (exit.Code, exit.Signal, exit.KernelOom));
    }
}
