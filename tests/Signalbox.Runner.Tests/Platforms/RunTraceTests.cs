using Signalbox.Runner.Facts;
using Signalbox.Runner.Platforms;
using Xunit;

namespace Signalbox.Runner.Tests.Platforms;

public sealed class RunTraceTests
{
    private const string Run = "20260124T100000Z-1a2b3c4d";
    private const string Incoming = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static readonly Dictionary<string, string> Nothing = [];

    [Theory]
    [InlineData("9650001", "1", "288fd9aca7ce7c08c73082ac1cd0f093", "81d5223324f1fd82")]
    [InlineData("1234567890", "2", "175c9b5c1aa26ae202a9dd18ed193154", "2317eb85d7a2846f")]
    public void DerivesGitHubsTraceAsTheReceiverDoes(string run, string attempt, string trace, string root)
    {
        var derived = RunTrace.Derive(new CiContext { Platform = "github", RunId = run, Attempt = attempt }, Nothing, Run);

        Assert.Equal((trace, root), (derived.TraceId, derived.ParentSpanId));
    }

    [Fact]
    public void HangsBelowTheJobWhereItsCheckRunIsKnown() =>
        Assert.Equal("96efeedde6b1d9c8", RunTrace.Derive(new CiContext { Platform = "github", RunId = "9650001", Attempt = "1", JobId = "4801234" }, Nothing, Run).ParentSpanId);

    [Fact]
    public void DerivesOtherPlatformsTracesFromWhatNamesTheirRun() =>
        Assert.Equal("2ad0856c3ba0e5a6f3a14ae72a7cbaa0", RunTrace.Derive(new CiContext { Platform = "gitlab", Project = "acme/shop", RunId = "1001" }, Nothing, Run).TraceId);

    [Fact]
    public void GivesTwoProjectsWithTheSameRunTwoTraces() => Assert.NotEqual(
        RunTrace.Derive(new CiContext { Platform = "drone", Project = "acme/shop", RunId = "7" }, Nothing, Run).TraceId,
        RunTrace.Derive(new CiContext { Platform = "drone", Project = "acme/site", RunId = "7" }, Nothing, Run).TraceId);

    [Fact]
    public void LetsAnIncomingTraceWin()
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["TRACEPARENT"] = Incoming, ["TRACESTATE"] = "vendor=value" };
        var trace = RunTrace.Derive(new CiContext { Platform = "github", RunId = "9650001", Attempt = "1" }, environment, Run);

        Assert.Equal(("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", "vendor=value", "1ff7b55014616887"), (trace.TraceId, trace.ParentSpanId, trace.State, trace.SpanId));
        Assert.Equal("00-4bf92f3577b34da6a3ce929d0e0e4736-1ff7b55014616887-01", trace.TraceParent);
    }

    [Fact]
    public void PassesOnThatATraceIsNotSampled() =>
        Assert.EndsWith("-00", RunTrace.Derive(new CiContext { Platform = "shell" }, new Dictionary<string, string> { ["TRACEPARENT"] = Incoming[..^2] + "00" }, Run).TraceParent, StringComparison.Ordinal);

    [Fact]
    public void GivesEveryRunWithoutAPlatformATraceOfItsOwnThatAReplayFindsAgain()
    {
        var shell = new CiContext { Platform = "shell" };

        Assert.Equal(RunTrace.Derive(shell, Nothing, Run), RunTrace.Derive(shell, Nothing, Run));
        Assert.NotEqual(RunTrace.Derive(shell, Nothing, Run).TraceId, RunTrace.Derive(shell, Nothing, "20260124T100000Z-00000000").TraceId);
    }

    [Fact]
    public void DropsTheStateOfATraceThatDoesNotHold()
    {
        var trace = RunTrace.Derive(new CiContext { Platform = "shell" }, new Dictionary<string, string> { ["TRACEPARENT"] = "nonsense", ["TRACESTATE"] = "vendor=value" }, Run);

        Assert.Null(trace.State);
        Assert.Null(trace.ParentSpanId);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01")]
    [InlineData("00-00000000000000000000000000000000-00f067aa0ba902b7-01")]
    [InlineData("00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01")]
    [InlineData("ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")]
    [InlineData("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-extra")]
    [InlineData("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0")]
    [InlineData("01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01x")]
    [InlineData("00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")]
    [InlineData("zz-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")]
    [InlineData(" 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")]
    public void RefusesWhatIsNoTraceParent(string? text) => Assert.False(TraceParentText.TryParse(text, out _));

    [Fact]
    public void ReadsALaterVersionsBeginningAndPassesOnOnlyTheFlagItKnows()
    {
        Assert.True(TraceParentText.TryParse("01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-ff-more", out var parent));
        Assert.Equal(new TraceParent("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", "01"), parent);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("no member", null)]
    [InlineData("a=b\r\nInjected: x", null)]
    [InlineData("a=b,c=d", "a=b,c=d")]
    public void PassesOnOnlyAStateThatAHeaderCouldHold(string text, string? expected) => Assert.Equal(expected, TraceParentText.StateOf(text));
}
