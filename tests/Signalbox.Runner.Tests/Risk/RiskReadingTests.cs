using System.Globalization;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Readings.Report;
using Signalbox.Runner.Risk;
using Signalbox.Runner.Tests.Auditing;
using Xunit;

namespace Signalbox.Runner.Tests.Risk;

public sealed class RiskReadingTests
{
    [Fact]
    public void ARunThatTouchedNothingHasNoRisk()
    {
        var risk = Score(new RunScene().Result().Changed());
        Assert.Equal((0.0, "low"), (risk.Score, risk.Level));
        Assert.Empty(risk.Contributions);
    }

    [Theory]
    [InlineData(".github/workflows/ci.yml", "ci_files", 20)]
    [InlineData("deploy/.env.production", "infrastructure,secret_files", 40)]
    [InlineData("db/migrations/7_prices.sql", "migrations", 15)]
    [InlineData("src/packages.lock.json", "dependencies", 10)]
    [InlineData("CODEOWNERS", "permissions", 20)]
    [InlineData("Dockerfile", "infrastructure", 15)]
    [InlineData("src/prices.cs", "", 0)]
    [InlineData("/etc/hosts", "outside", 15)]
    public void TellsByItsPathWhatAFileIs(string path, string rules, int score)
    {
        var risk = Score(Edited(path));
        Assert.Equal(rules, string.Join(',', risk.Contributions.Select(static contribution => contribution.Rule).Order(StringComparer.Ordinal)));
        Assert.Equal(score, risk.Score);
        Assert.All(risk.Contributions, contribution => Assert.Equal([path], contribution.Resources));
    }

    [Fact]
    public void APlainCommandIsNotBlamedForFilesThatNoEventTellsOf()
    {
        var scene = new RunScene().Changed(new WorkTreeChange("bin/app", "added", null, null, 1, null));
        Assert.Equal(["unattributed"], Rules(scene));

        var audit = scene.Read();
        var plain = new RiskReading(scene.Start with { Agent = null }, audit).Report(new OutcomeReport { RunId = "r", TraceId = "t", Reason = OutcomeReasons.Completed, StartedAt = default });
        Assert.Empty(plain.Contributions);
        Assert.Equal(1, audit.Totals.Unattributed);
    }

    [Fact]
    public void FurtherFindingsOfARuleCountLessAndARuleAtMostTwice()
    {
        Assert.Equal(25, Score(Edited("Jenkinsfile", ".travis.yml")).Score);
        Assert.Equal(40, Score(Edited([.. Enumerable.Range(0, 30).Select(static number => $".github/workflows/{number}.yml")])).Contributions.Single(static contribution => contribution.Rule == "ci_files").Points);
    }

    [Fact]
    public void TheSumEndsAtAHundred()
    {
        var risk = Score(Edited(".env", "Jenkinsfile", "CODEOWNERS", "Dockerfile", "db/migrations/1.sql", "package.json", "/etc/x").Denied("no", "Bash", """{"command":"x"}"""));
        Assert.Equal((100.0, "critical"), (risk.Score, risk.Level));
        Assert.Equal(risk.Contributions.OrderByDescending(static contribution => contribution.Points), risk.Contributions);
    }

    [Fact]
    public void ASecretThatCameIsWorseThanOneThatMoved()
    {
        const string Came = "--- a/a\n+++ b/a\n@@ -1 +1,2 @@\n-x\n+[redacted:aws-access-key:abcdefgh]\n";
        const string Moved = "--- a/a\n+++ b/a\n@@ -1 +1,2 @@\n-[redacted:aws-access-key:abcdefgh]\n+\n+[redacted:aws-access-key:abcdefgh]\n";
        Assert.Equal(["secret_found"], Rules(Attributed(new WorkTreeChange("a", "modified", 1, 1, 1, Came))));
        Assert.Empty(Rules(Attributed(new WorkTreeChange("a", "modified", 1, 1, 1, Moved))));
    }

    [Fact]
    public void TestsThatWentOrLostAssertionsAreFound()
    {
        const string Lost = "--- a/x\n+++ b/x\n@@ -1,2 +1 @@\n-  Assert.Equal(1, 2);\n-  expect(a).toBe(b)\n+  // later\n";
        Assert.Equal(["test_removal"], Rules(Attributed(new WorkTreeChange("tests/PriceTests.cs", "modified", 1, 2, 1, Lost))));
        Assert.Empty(Rules(Attributed(new WorkTreeChange("src/Price.cs", "modified", 1, 2, 1, Lost))));
        Assert.Equal(["deletions", "test_removal", "unattributed"], Rules(new RunScene().Result().Changed(new WorkTreeChange("web/a.spec.ts", "deleted", 0, 9, 0, null))));
    }

    [Fact]
    public void ConductCountsToo()
    {
        var scene = new RunScene(policy: true)
            .Call("t1", "Bash", """{"command":"gh pr merge 4"}""").Decide("t1", allow: false, enforced: false).Return("t1")
            .Call("t2", "Write", """{"file_path":"a","content":""}""").Decide("t2", allow: false).Return("t2", error: true, text: "Denied by policy x")
            .Call("t3", "Bash", """{"command":"gh pr comment 4"}""").Decide("t3", allow: true).Return("t3");
        var risk = Score(scene, OutcomeReasons.BudgetUsd);
        Assert.Equal(["denied", "failed_run", "not_enforced", "platform_writes"], risk.Contributions.Select(static contribution => contribution.Rule).Order(StringComparer.Ordinal));
        Assert.Contains("merge_pr acme/shop#4", risk.Contributions.Single(static contribution => contribution.Rule == "platform_writes").Resources);
        Assert.Equal("The run did not end well: budget_usd.", risk.Contributions.Single(static contribution => contribution.Rule == "failed_run").Reason);
    }

    [Theory]
    [InlineData(199, 0)]
    [InlineData(200, 5)]
    [InlineData(1000, 10)]
    [InlineData(5000, 20)]
    public void SizeCountsInSteps(long lines, int points) => Assert.Equal(points, Score(Attributed(new WorkTreeChange("a", "modified", lines, 0, 1, null))).Score);

    [Fact]
    public void WeightsAndPathsAreTakenFromTheRunsOwnSettings()
    {
        var options = new RiskOptions
        {
            Weights = new Dictionary<string, int> { ["ci_files"] = 0, ["infrastructure"] = 60 },
            Paths = new Dictionary<string, IReadOnlyList<string>> { ["infrastructure"] = ["src/**"] },
        };
        var scene = Edited("Jenkinsfile", "src/a");
        scene = new RunScene { Start = scene.Start with { Settings = new Dictionary<string, string> { [RiskOptions.SettingsName] = options.ToJson() } } }.With(scene.Facts);
        var risk = Score(scene);
        Assert.Equal((60.0, "high", "infrastructure"), (risk.Score, risk.Level, Assert.Single(risk.Contributions).Rule));
    }

    private static RunScene Edited(params string[] paths)
    {
        var scene = new RunScene();
        for (var index = 0; index < paths.Length; index++)
        {
            scene.Call($"t{index}", "Edit", $$"""{"file_path":"{{paths[index]}}"}""").Return($"t{index}");
        }

        return scene;
    }

    /// <summary>A change that an edit of as many lines tells of.</summary>
    private static RunScene Attributed(WorkTreeChange change) => new RunScene()
        .Call("t0", "Edit", $$"""{"file_path":"{{change.Path}}","old_string":"{{Lines("old", change.LinesRemoved)}}","new_string":"{{Lines("new", change.LinesAdded)}}"}""")
        .Return("t0")
        .Changed(change);

    private static string Lines(string text, long? count) => string.Concat(Enumerable.Range(0, (int)(count ?? 0)).Select(number => string.Create(CultureInfo.InvariantCulture, $"{text} {number}\\n")));

    private static IEnumerable<string> Rules(RunScene scene) => Score(scene).Contributions.Select(static contribution => contribution.Rule).Order(StringComparer.Ordinal);

    private static RiskReport Score(RunScene scene, string reason = OutcomeReasons.Completed)
    {
        var audit = scene.Read();
        return new RiskReading(scene.Start, audit).Report(new OutcomeReport
        {
            RunId = scene.Start.RunId,
            TraceId = scene.Start.TraceId,
            ExitCode = 0,
            ExitSource = "command",
            Reason = reason,
            StoppedBy = "command",
            StartedAt = scene.Start.At,
        });
    }
}
