using Signalbox.Runner.Facts;
using Xunit;

namespace Signalbox.Runner.Tests.Readings;

public sealed class AgentReadingTests
{
    [Fact]
    public void AddsUpTheSessionsHoweverLongTheySayTheyTook()
    {
        var reading = RunFacts.Reading(RunFacts.Start());
        for (var session = 0; session < 1000; session++)
        {
            reading.Take(new ResultReported { At = RunFacts.Began, Line = session, SessionId = $"{session}", Turns = 2, Duration = TimeSpan.FromMilliseconds(1_000_000_000_000) });
        }

        var result = reading.Finish(null, null, 1, out _).Result;

        Assert.Equal(2000, result!.Turns);
        Assert.Equal(TimeSpan.MaxValue.TotalSeconds, result.DurationSeconds!.Value, 0);
    }
}
