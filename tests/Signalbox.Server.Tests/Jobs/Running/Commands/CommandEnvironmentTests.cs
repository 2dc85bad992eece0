using Signalbox.Server.Jobs.Running;
using Xunit;

namespace Signalbox.Server.Tests.Jobs.Running.Commands;

public sealed class CommandEnvironmentTests
{
    private static readonly Dictionary<string, string> Server = new(StringComparer.Ordinal)
    {
        ["PATH"] = "/usr/bin:/bin",
        ["HOME"] = "/home/signalbox",
        ["LC_ALL"] = "C.UTF-8",
        ["SIGNALBOX_STORAGE__CONTROL"] = "postgres://signalbox:secret@db/signalbox",
        ["SIGNALBOX_TOKEN"] = "sbx_secret",
        ["AWS_SECRET_ACCESS_KEY"] = "secret",
        ["ALLOWED"] = "yes",
    };

    [Fact]
    public async Task ACommandSeesWhatIsAllowedAndNothingElse()
    {
        var variables = await RunEnvAsync(new CommandWork { File = "env", Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["OWN"] = "own", ["HOME"] = "/srv" } });

        var execution = variables.Single(static line => line.StartsWith("SIGNALBOX_EXECUTION_ID=", StringComparison.Ordinal)).Split('=')[1];
        string[] expected =
        [
            "ALLOWED=yes",
            "HOME=/srv",
            "LC_ALL=C.UTF-8",
            "OWN=own",
            "PATH=/usr/bin:/bin",
            "SIGNALBOX_ATTEMPT=1",
            $"SIGNALBOX_EXECUTION_ID={execution}",
            "SIGNALBOX_FENCE=42",
            "SIGNALBOX_JOB_ID=0198c0de-0000-7000-9000-000000000001",
            "SIGNALBOX_JOB_NAME=nightly",
            "SIGNALBOX_NOMINAL_TIME=2026-03-04T05:06:00.000Z",
            $"SIGNALBOX_RUN={execution}.1.42",
        ];
        Assert.Equal(expected, variables.Where(static line => !line.StartsWith("TRACEPARENT=", StringComparison.Ordinal) && !line.StartsWith("PWD=", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task ACommandGetsTheTraceOfItsExecution()
    {
        var variables = await RunEnvAsync(new CommandWork { File = "env" });

        Assert.Matches("^TRACEPARENT=00-0123456789abcdef0123456789abcdef-(?!0{16})[0-9a-f]{16}-01$", variables.Single(static line => line.StartsWith("TRACEPARENT=", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task AJobCannotPassForAnother()
    {
        var variables = await RunEnvAsync(new CommandWork { File = "env", Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["SIGNALBOX_JOB_ID"] = "other" } });

        Assert.Contains("SIGNALBOX_JOB_ID=0198c0de-0000-7000-9000-000000000001", variables);
    }

    /// <summary>The guard runs beside the command, where others could look at it.</summary>
    [Fact]
    public async Task TheGuardKnowsNothingOfTheCommand()
    {
        await using var bed = new RunningBed(environment: Server);
        var request = bed.Request(RunningBed.Shell("for p in /proc/[0-9]*; do tr '\\0' '\\n' < $p/cmdline 2>/dev/null | grep -qx signalbox-guard && tr '\\0' '\\n' < $p/cmdline | grep -qx $$ && tr '\\0' ' ' < $p/environ; done; echo done"));

        await bed.RunAsync(request);

        var said = bed.Kept.Text(request.ExecutionId);
        Assert.EndsWith("done\n", said, StringComparison.Ordinal);
        Assert.DoesNotContain("HOME", said, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", said, StringComparison.Ordinal);
    }

    private static async Task<string[]> RunEnvAsync(CommandWork work)
    {
        await using var bed = new RunningBed(environment: Server, adjust: static options => options with { CommandEnvironment = ["ALLOWED"] });
        var request = bed.Request(work);
        await bed.RunAsync(request);
        return [.. bed.Kept.Text(request.ExecutionId).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
    }
}
