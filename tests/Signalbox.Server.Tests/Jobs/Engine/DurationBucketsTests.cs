using Signalbox.Server.Jobs.Engine;
using Xunit;

namespace Signalbox.Server.Tests.Jobs.Engine;

public sealed class DurationBucketsTests
{
    [Fact]
    public void EveryDurationIsInTheFirstBucketThatHoldsIt()
    {
        foreach (var milliseconds in new[] { 0, 1, 2, 3, 4, 5, 1000, 1023, 1024, 1025, (1L << 24) - 1, 1L << 24, (1L << 24) + 1, long.MaxValue })
        {
            var first = DurationBuckets.UpperBounds.Select(static (bound, index) => (bound, index)).FirstOrDefault(pair => pair.bound >= milliseconds, (bound: 0, index: DurationBuckets.Count - 1)).index + 1;
            Assert.Equal(first, DurationBuckets.Of(milliseconds));
        }
    }
}
