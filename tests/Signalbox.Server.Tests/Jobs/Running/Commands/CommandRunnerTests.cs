using System.Globalization;
using Signalbox.Server.Jobs.Running;
using Signalbox.Server.Jobs.Running.Output;
using Signalbox.Testing.Clock;
using Xunit;

namespace Signalbox.Server.Tests.Jobs.Running.Commands;

public sealed class CommandRunnerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task KeepsBothStreamsAndTheExitCode()
    {
        await using var bed = new RunningBed();
        var request = bed.Request(RunningBed.Shell("echo out; echo err >&2; exit 7"));

        var result = await bed.RunAsync(request);

        Assert.Equal(RunEnd.Failed, result.End);
        Assert.Equal(7, result.ExitCode);
        Assert.Equal("exit_code", result.Error!.Type);
        Assert.Equal("exit code 7", result.Cause);
        Assert.Equal("out\n", bed.Kept.Text(request.ExecutionId, OutputStream.Out));
        Assert.Equal("err\n", bed.Kept.Text(request.ExecutionId, OutputStream.Err));
        Assert.Equal(8, result.OutputBytes);
        Assert.False(result.OutputCut);
    }

    [Fact]
    public async Task SucceedsWithExitCodeNought()
    {
        await using var bed = new RunningBed();

        var result = await bed.RunAsync(bed.Request(new CommandWork { File = "true" }));

        Assert.Equal((RunEnd.Succeeded, 0, null), (result.End, result.ExitCode, result.Error));
    }

    [Fact]
    public async Task HandsArgumentsOverUntouched()
    {
        await using var bed = new RunningBed();
        var request = bed.Request(new CommandWork { File = "/usr/bin/printf", Arguments = ["%s|", "a b", "$HOME", "'\"\\", "-x", string.Empty, "ü\n"] });

        await bed.RunAsync(request);

        Assert.Equal("a b|$HOME|'\"\\|-x||ü\n|", bed.Kept.Text(request.ExecutionId));
    }

    [Fact]
    public async Task NamesTheSignalThatEndedTheCommand()
    {
        await using var bed = new RunningBed();

        var result = await bed.RunAsync(bed.Request(RunningBed.Shell("kill -SEGV $$")));

        Assert.Equal((RunEnd.Failed, 139, "signal"), (result.End, result.ExitCode, result.Error!.Type));
        Assert.Contains("SIGSEGV", result.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivesACommandNothingToRead()
    {
        await using var bed = new RunningBed();
        var request = bed.Request(RunningBed.Shell("cat; readlink /proc/self/fd/0; test -e /proc/self/fd/3 && echo leaked; true"));

        var result = await bed.RunAsync(request);

        Assert.Equal(RunEnd.Succeeded, result.End);
        Assert.Equal("/dev/null", bed.Kept.Text(request.ExecutionId).Trim());
    }

    /// <summary>.NET ignores SIGPIPE and hands that on to its children, whose pipes would then end with complaints.</summary>
    [Fact]
    public async Task ABrokenPipeEndsItsWriterQuietly()
    {
        await using var bed = new RunningBed();
        var request = bed.Request(RunningBed.Shell("(yes; echo $? >&2) | head -n 1"));

        await bed.RunAsync(request);

        Assert.Equal("141\n", bed.Kept.Text(request.ExecutionId, OutputStream.Err));
    }

    [Theory]
    [InlineData("/no/such/file", null, "/no/such/file does not exist.")]
    [InlineData("no-such-program", null, "no-such-program was found in no folder of PATH.")]
    [InlineData("/etc", null, "/etc is a folder.")]
    [InlineData("/bin/true", "/no/such/folder", "The working directory /no/such/folder does not exist.")]
    [InlineData("/bin/true", "/etc/passwd", "The working directory /etc/passwd is a file.")]
    public async Task SaysWhyACommandCannotStart(string file, string? folder, string message)
    {
        await using var bed = new RunningBed();

        var result = await bed.RunAsync(bed.Request(new CommandWork { File = file, WorkingDirectory = folder }));

        Assert.Equal((RunEnd.Failed, "not_started", message), (result.End, result.Error!.Type, result.Error.Message));
        Assert.Null(result.ExitCode);
    }

    [Fact]
    public async Task SaysThatAFileIsNotExecutable()
    {
        await using var bed = new RunningBed();
        var file = bed.Folder.Write("file", "#!/bin/sh\n");

        var result = await bed.RunAsync(bed.Request(new CommandWork { File = file }));

        Assert.Equal($"{file} is not executable.", result.Error!.Message);
    }

    [Fact]
    public async Task SaysThatAScriptsInterpreterIsMissing()
    {
        await using var bed = new RunningBed();
        var script = Executable(bed.Folder.Write("script", "#!/no/such/shell -e\n"));

        var result = await bed.RunAsync(bed.Request(new CommandWork { File = script }));

        Assert.Equal($"{script} is a script for /no/such/shell, which does not exist.", result.Error!.Message);
    }

    [Fact]
    public async Task FindsARelativeFileInTheWorkingDirectory()
    {
        await using var bed = new RunningBed();
        Executable(bed.Folder.Write("work/script", "#!/bin/sh\npwd\n"));
        var request = bed.Request(new CommandWork { File = "./script", WorkingDirectory = bed.Folder.File("work") });

        await bed.RunAsync(request);

        Assert.Equal(bed.Folder.File("work"), bed.Kept.Text(request.ExecutionId).Trim());
    }

    [Fact]
    public async Task WorksInAFolderOfTheDataFolderUnlessToldOtherwise()
    {
        await using var bed = new RunningBed();
        var request = bed.Request(new CommandWork { File = "pwd" });

        await bed.RunAsync(request);

        Assert.Equal(bed.Data.File("jobs-work"), bed.Kept.Text(request.ExecutionId).Trim());
    }

    [Fact]
    public async Task RefusesCommandsOfTenantsThatAreNotTrusted()
    {
        await using var bed = new RunningBed();

        var result = await bed.RunAsync(bed.Request(new CommandWork { File = "true" }) with { Tenant = new Signalbox.Telemetry.TenantId("acme") });

        Assert.Equal((RunEnd.Failed, "not_trusted"), (result.End, result.Error!.Type));
    }

    [Fact]
    public async Task LeavesNoChildOfItsGroupBehindWhenTheCommandEnds()
    {
        await using var bed = new RunningBed();
        var request = bed.Request(RunningBed.Shell("(trap '' TERM HUP; sleep 300) & nohup sleep 300 >/dev/null 2>&1 & echo $$"));

        var result = await bed.RunAsync(request);

        Assert.Equal(RunEnd.Succeeded, result.End);
        await GroupEndsAsync(bed.Kept.Text(request.ExecutionId));
    }

    [Fact]
    public async Task EndsWhatLeftTheGroupToo()
    {
        await using var bed = new RunningBed();
        var mark = bed.Folder.File("left");
        var request = bed.Request(RunningBed.Shell($"setsid sh -c 'echo $$; setsid sleep 300 & echo > {mark}; sleep 300' & until test -e {mark}; do sleep 0.05; done"));

        var result = await bed.RunAsync(request);

        Assert.Equal(RunEnd.Succeeded, result.End);
        await GroupEndsAsync(bed.Kept.Text(request.ExecutionId));
        Assert.Empty(ProcessTable.Marked(request.ExecutionId));
    }

    [Fact]
    public async Task LeavesAloneWhatWasStartedWithoutTheMarkOnPurpose()
    {
        await using var bed = new RunningBed();
        var request = bed.Request(RunningBed.Shell("env -u SIGNALBOX_RUN setsid sleep 300 >/dev/null 2>&1 & echo $!; until test \"$(cut -d' ' -f6 /proc/$!/stat)\" = $!; do sleep 0.05; done"));

        await bed.RunAsync(request);

        var daemon = int.Parse(bed.Kept.Text(request.ExecutionId), CultureInfo.InvariantCulture);
        using var process = System.Diagnostics.Process.GetProcessById(daemon);
        process.Kill();
        await process.WaitForExitAsync(Token);
    }

    [Fact]
    public async Task AsksTheWholeGroupToEndAndWaitsForItsGrace()
    {
        await using var bed = new RunningBed();
        using var stop = new RunStop();
        var request = bed.Request(RunningBed.Shell("trap 'echo asked; exit 3' TERM; echo $$; sleep 300 & wait"));
        var run = bed.Runner.RunAsync(request, stop);
        await bed.SaysAsync(request, "\n");

        stop.Request(StopReason.Cancelled);
        var result = await run;

        Assert.Equal((RunEnd.Cancelled, 3, "cancelled"), (result.End, result.ExitCode, result.Error!.Type));
        Assert.EndsWith("asked\n", bed.Kept.Text(request.ExecutionId), StringComparison.Ordinal);
        await GroupEndsAsync(bed.Kept.Text(request.ExecutionId).Split('\n')[0]);
    }

    [Fact]
    public async Task KillsACommandThatGoesOnAfterItsGrace()
    {
        var clock = new FakeClock();
        await using var bed = new RunningBed(clock);
        using var stop = new RunStop();
        var request = bed.Request(RunningBed.Shell("trap 'echo no' TERM; echo $$; while :; do sleep 300 & wait; done"));
        var run = bed.Runner.RunAsync(request, stop);
        await bed.SaysAsync(request, "\n");

        clock.Advance(request.Timeout);
        await bed.SaysAsync(request, "no");
        Assert.False(run.IsCompleted);
        clock.Advance(request.Grace);
        var result = await run;

        Assert.Equal((RunEnd.TimedOut, 137, "timeout"), (result.End, result.ExitCode, result.Cause));
        await GroupEndsAsync(bed.Kept.Text(request.ExecutionId).Split('\n')[0]);
    }

    [Fact]
    public async Task KillsAtOnceWhenTheLeaseIsLostAndWritesNothingMore()
    {
        await using var bed = new RunningBed(new FakeClock());
        using var stop = new RunStop();
        var mark = bed.Folder.File("started");
        var request = bed.Request(RunningBed.Shell($"trap '' TERM; echo $$ > {mark}.new; mv {mark}.new {mark}; sleep 300"));
        var run = bed.Runner.RunAsync(request, stop);
        await Eventually.HoldsAsync("the command started", () => Task.FromResult(File.Exists(mark)), Token);

        stop.Request(StopReason.Lost);
        var result = await run;

        Assert.Equal(RunEnd.Lost, result.End);
        Assert.Empty(bed.Kept.Rows(request.ExecutionId));
        await GroupEndsAsync(await File.ReadAllTextAsync(mark, Token));
    }

    [Fact]
    public async Task TheServersStopInterruptsWithItsOwnGrace()
    {
        var clock = new FakeClock();
        await using var bed = new RunningBed(clock);
        using var stop = new RunStop();
        var request = bed.Request(RunningBed.Shell("trap '' TERM; echo ready; sleep 300"));
        var run = bed.Runner.RunAsync(request, stop);
        await bed.SaysAsync(request, "ready");

        stop.Request(StopReason.Shutdown);
        clock.Advance(TimeSpan.FromSeconds(2));
        var result = await run;

        Assert.Equal((RunEnd.Interrupted, "shutdown"), (result.End, result.Cause));
    }

    private static string Executable(string file)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return file;
    }

    private static Task GroupEndsAsync(string group) => ProcessTable.GroupEndsAsync(int.Parse(group.Trim(), CultureInfo.InvariantCulture), Token);
}
