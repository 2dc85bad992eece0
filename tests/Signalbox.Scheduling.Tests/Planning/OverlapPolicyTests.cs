using Xunit;

namespace Signalbox.Scheduling.Tests.Planning;

public sealed class OverlapPolicyTests
{
    [Theory]
    [InlineData(OverlapMode.Allow, true, 5, OverlapDecision.Start)]
    [InlineData(OverlapMode.Forbid, false, 0, OverlapDecision.Start)]
    [InlineData(OverlapMode.Forbid, true, 0, OverlapDecision.SkipOverlap)]
    [InlineData(OverlapMode.Forbid, false, 1, OverlapDecision.SkipOverlap)]
    [InlineData(OverlapMode.Replace, true, 0, OverlapDecision.ReplaceRunning)]
    [InlineData(OverlapMode.Replace, false, 0, OverlapDecision.Start)]
    [InlineData(OverlapMode.Queue, false, 0, OverlapDecision.Start)]
    [InlineData(OverlapMode.Queue, true, 0, OverlapDecision.Wait)]
    [InlineData(OverlapMode.Queue, true, 1, OverlapDecision.Wait)]
    [InlineData(OverlapMode.Queue, true, 2, OverlapDecision.SkipQueueFull)]
    public void AFireDoesWhatItsJobSays(OverlapMode mode, bool running, int waiting, OverlapDecision expected) =>
        Assert.Equal(expected, new OverlapPolicy(mode, mode == OverlapMode.Queue ? 2 : 0).Decide(running, waiting));

    [Theory]
    [InlineData(0)]
    [InlineData(10_001)]
    public void AQueueHasALength(int limit) => Assert.Throws<ArgumentOutOfRangeException>(() => OverlapPolicy.Queue(limit));
}
