using Xunit;

namespace Signalbox.Scheduling.Tests;

public sealed class WireNamesTests
{
    [Fact]
    public void NamesAreThoseOfTheContract()
    {
        Assert.Equal(["shift-to-end", "shift-by-delta", "skip"], WireNames.All<DstGap>());
        Assert.Equal(["auto", "first", "last", "both"], WireNames.All<DstOverlap>());
        Assert.Equal(["once", "skip", "all"], WireNames.All<MisfirePolicy>());
        Assert.Equal(["forbid", "allow", "replace", "queue"], WireNames.All<OverlapMode>());
        Assert.Equal(["exponential", "constant", "linear"], WireNames.All<Backoff>());
        Assert.Equal(["ran", "late", "coalesced", "skipped", "missed"], WireNames.All<FireOutcome>());
        Assert.Equal(["misfire", "overlap", "queueFull", "catchUpLimit", "disabled", "replaced"], WireNames.All<SkipReason>());
        Assert.Equal(["none", "gap", "overlapFirst", "overlapSecond", "skippedGap"], WireNames.All<PreviewMark>());
        Assert.Equal(["scheduled", "running", "succeeded", "failed", "timedOut", "cancelled", "abandoned", "lost"], WireNames.All<ExecutionState>());
    }

    [Fact]
    public void NamesAreReadBackExactly()
    {
        Assert.All(Enum.GetValues<ExecutionState>(), static state => Assert.True(WireNames.TryParse<ExecutionState>(WireNames.Format(state), out var read) && read == state));
        Assert.False(WireNames.TryParse<DstGap>("ShiftToEnd", out _));
        Assert.False(WireNames.TryParse<DstGap>(null, out _));
        Assert.Throws<ArgumentOutOfRangeException>(static () => WireNames.Format((DstGap)9));
    }
}
