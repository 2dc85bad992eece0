using Signalbox.Server.Query.Shell;
using Xunit;

namespace Signalbox.Server.Tests.Query.Shell;

public sealed class QueryCommandTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, 250, TimeSpan.Zero);

    [Fact]
    public void AsksForNowWhenNoTimeIsGiven() => Assert.Equal("query=up time=1772600767.25", Form(new QueryAsked("up", null, null, null, null, null, null)));

    [Fact]
    public void TakesRfc3339Times() =>
        Assert.Equal("query=up timeout=5 time=1435781451.781", Form(new QueryAsked("up", "2015-07-01T20:10:51.781Z", null, null, null, null, "5s")));

    [Fact]
    public void CutsARangeIntoSixtySteps() => Assert.Equal("query=up start=1772597167.25 end=1772600767.25 step=60", Form(new QueryAsked("up", null, null, null, "1h", null, null)));

    [Fact]
    public void NeverStepsBelowASecondByItself() => Assert.Equal("query=up start=90 end=100 step=1", Form(new QueryAsked("up", null, "90", "100", null, null, null)));

    [Fact]
    public void TakesTheStepThatIsGiven() => Assert.Equal("query=up start=0 end=100 step=15", Form(new QueryAsked("up", null, "0", "100", null, "15s", null)));

    [Theory]
    [InlineData("yesterday", null)]
    [InlineData(null, "-1h")]
    [InlineData(null, "soon")]
    public void SaysWhatAnOptionTakes(string? time, string? range) => Assert.Throws<QueryUsageException>(() => Form(new QueryAsked("up", time, null, null, range, null, null)));

    private static string Form(QueryAsked asked) => string.Join(' ', QueryCommand.Form(asked, Now).Select(static pair => $"{pair.Key}={pair.Value}"));
}
