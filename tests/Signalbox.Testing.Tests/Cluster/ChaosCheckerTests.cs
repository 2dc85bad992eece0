using System.Globalization;
using System.Text.Json;
using Signalbox.Testing.Cluster;
using Xunit;

namespace Signalbox.Testing.Tests.Cluster;

/// <summary>The checker of the chaos test finds what it is there to find.</summary>
public sealed class ChaosCheckerTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);
    private static readonly ChaosJob Job = new("job", 1, 0.5, "forbid", "once", ["coalesced", "skipped:overlap"], Alone: true);

    [Fact]
    public void FindsNothingWhereEverythingFits() =>
        Assert.Empty(ChaosChecker.Check([Outcome(["ran", "coalesced", "skipped:overlap"])], [Run(0, fence: 1)]));

    [Fact]
    public void FindsAFireWithoutAnEnd() =>
        Assert.Contains("job: the fire of 08:00:02 has 0 ends.", ChaosChecker.Check([Outcome(["ran", "ran"])], [Run(0, fence: 1), Run(1, fence: 2)]));

    [Fact]
    public void FindsAFireThatNobodyPlanned() =>
        Assert.Contains("job: the fire of 08:00:03 was not planned and ended as ran.", ChaosChecker.Check([Outcome(["ran", "ran", "ran", "ran"])], [Run(0, 1), Run(1, 2), Run(2, 3), Run(3, 4)]));

    [Fact]
    public void FindsAnEndThatThePoliciesDoNotAllow() =>
        Assert.Contains("job: the fire of 08:00:01 ended as missed, which its policies do not allow.", ChaosChecker.Check([Outcome(["ran", "missed", "ran"])], [Run(0, 1), Run(2, 2)]));

    [Fact]
    public void FindsASecondExecutionOfOneFire()
    {
        var outcome = Outcome(["ran", "ran", "ran"]);
        var twice = outcome with { Executions = [.. outcome.Executions, Execution("again", 1, "succeeded")] };

        Assert.Contains("job: the fire of 08:00:01 became 2 executions.", ChaosChecker.Check([twice], [Run(0, 1), Run(1, 2), Run(2, 3)]));
    }

    [Fact]
    public void FindsARunThatNobodyKnowsOf() =>
        Assert.Contains("job: execution e9 ran and nobody knows of it.", ChaosChecker.Check([Outcome(["ran", "ran", "ran"])], [Run(0, 1), Run(1, 2), Run(2, 3), Run(9, 4)]));

    [Fact]
    public void FindsASecondStartOfOneExecution() =>
        Assert.Contains("job: execution e1 (succeeded) was started 2 times.", ChaosChecker.Check([Outcome(["ran", "ran", "ran"])], [Run(0, 1), Run(1, 2), Run(1, 3) with { Start = 1.6, End = 1.9 }, Run(2, 4)]));

    [Fact]
    public void FindsASuccessThatNeverEnded() =>
        Assert.Contains("job: execution e0 is said to have succeeded, but never wrote that it ended.", ChaosChecker.Check([Outcome(["ran", "ran", "ran"])], [Run(0, 1) with { End = null }, Run(1, 2), Run(2, 3)]));

    [Fact]
    public void FindsTwoRunsAtWorkTogether() =>
        Assert.Contains("job: execution e1 began 0.250 s before e0 was done.", ChaosChecker.Check([Outcome(["ran", "ran", "ran"])], [Run(0, 1) with { End = 1.25 }, Run(1, 2), Run(2, 3)]));

    [Fact]
    public void FindsAFenceThatWentBack() =>
        Assert.Contains("job: execution e1 started later than e0, with fence 4 after 5.", ChaosChecker.Check([Outcome(["ran", "ran", "ran"])], [Run(0, 5), Run(1, 4), Run(2, 6)]));

    /// <summary>Three fires are due: one at the moment when the schedule came into force is not, and one at the moment when it ended is.</summary>
    private static ChaosOutcome Outcome(string[] ends)
    {
        var period = JsonElement.Parse($$"""{"from":"{{Text(Start.AddSeconds(-1))}}","until":"{{Text(Start.AddSeconds(2))}}"}""");
        var fires = ends.Select(static (end, index) => (Parts: end.Split(':'), index)).Select(static pair =>
            JsonElement.Parse($$"""{"nominalAt":"{{Text(Start.AddSeconds(pair.index))}}","outcome":"{{pair.Parts[0]}}","reason":{{(pair.Parts.Length > 1 ? $"\"{pair.Parts[1]}\"" : "null")}}}"""));
        var executions = ends.Index().Where(static pair => pair.Item is "ran" or "late").Select(static pair => Execution($"e{pair.Index.ToString(CultureInfo.InvariantCulture)}", pair.Index, "succeeded"));
        return new ChaosOutcome(Job, [period], [.. fires], [.. executions]);
    }

    private static JsonElement Execution(string id, int second, string state) =>
        JsonElement.Parse($$"""{"id":"{{id}}","nominalAt":"{{Text(Start.AddSeconds(second))}}","state":"{{state}}"}""");

    private static JobRun Run(int second, long fence) =>
        new("job", Start.AddSeconds(second), $"e{second.ToString(CultureInfo.InvariantCulture)}", Attempt: 1, fence, second, second + 0.5);

    private static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
