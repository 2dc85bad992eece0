using Xunit;

namespace Signalbox.Scheduling.Tests.Accounting;

public sealed class RunMatchingTests
{
    private static readonly DateTimeOffset Midnight = Schedules.At("2026-06-01");

    [Fact]
    public void EachFireHasItsOwnRun()
    {
        var report = Match([0, 10, 20], [1, 12, 20]);

        Assert.Equal([(0, "1"), (10, "12"), (20, "20")], report.Matched.Select(static pair => (Seconds(pair.Fire), pair.Run.Id)));
        Assert.Empty(report.Unsatisfied);
        Assert.Empty(report.Extra);
    }

    [Fact]
    public void ALateRunDoesNotSatisfyAndIsExtra()
    {
        var report = Match([0, 10], [6, 11]);

        Assert.Equal([0], report.Unsatisfied.Select(Seconds));
        Assert.Equal(["6"], report.Extra.Select(static run => run.Id));
    }

    [Fact]
    public void ASecondRunOfOneFireIsExtra() => Assert.Equal(["2"], Match([0, 10], [1, 2, 11]).Extra.Select(static run => run.Id));

    [Fact]
    public void WindowsThatOverlapShareTheRunsSoThatMostAreSatisfied()
    {
        var report = Match([0, 3, 6], [4, 5, 9]);

        Assert.Empty(report.Unsatisfied);
    }

    [Fact]
    public void RunsAtTheSameTimeAreNamedAndARunWithoutEndNeverEnded()
    {
        ObservedRun[] runs = [Run(0, 8), Run(5, 6), Run(7, 9), Run(9, null), Run(20, 21)];
        var report = RunMatching.Match([], runs, TimeSpan.Zero, TimeSpan.Zero);

        Assert.Equal([("0", "5"), ("0", "7"), ("9", "20")], report.Overlapping.Select(static pair => (pair.Earlier.Id, pair.Later.Id)));
    }

    private static RunMatchingReport Match(int[] fires, int[] runs) => RunMatching.Match(
        fires.Select(static second => Midnight.AddSeconds(second)), runs.Select(static second => Run(second, second)), TimeSpan.Zero, TimeSpan.FromSeconds(5));

    private static ObservedRun Run(int start, int? end) => new($"{start}", Midnight.AddSeconds(start), end is { } ended ? Midnight.AddSeconds(ended) : null);

    private static int Seconds(DateTimeOffset at) => (int)(at - Midnight).TotalSeconds;
}
