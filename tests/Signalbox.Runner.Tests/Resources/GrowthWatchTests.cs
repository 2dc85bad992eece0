using FsCheck;
using FsCheck.Fluent;
using Signalbox.Runner.Resources;
using Xunit;

namespace Signalbox.Runner.Tests.Resources;

/// <summary>Counts that only grow.</summary>
public sealed class GrowthWatchTests
{
    [Fact]
    public void TellsWhereTheGrowthBegan()
    {
        var watch = new GrowthWatch();
        Assert.Equal([null, null, null, null, null, null, null, 8L, null], new long[] { 9, 8, 9, 10, 11, 12, 13, 14, 15 }.Select(watch.Take));
    }

    [Fact]
    public void KeepsQuietAboutALittle()
    {
        var watch = new GrowthWatch();
        Assert.All(Enumerable.Range(1000, 150), count => Assert.Null(watch.Take(count)));
    }

    [Fact]
    public void TellsOnlyOfSixGrowingStepsByAFifthAndOnlyOnce() =>
        Prop.ForAll(
            Gen.Choose(0, 40).Select(static count => (long)count).ArrayOf().ToArbitrary(),
            static counts =>
            {
                var watch = new GrowthWatch();
                var told = counts.Select(watch.Take).ToList();
                var at = told.FindIndex(static from => from is not null);
                return told.Count(static from => from is not null) <= 1
                    && (at < 0 || (at >= GrowthWatch.Steps && counts[at] >= told[at] * 1.2 && Enumerable.Range(at - GrowthWatch.Steps, GrowthWatch.Steps).All(index => counts[index] < counts[index + 1])));
            }).QuickCheckThrowOnFailure();
}
