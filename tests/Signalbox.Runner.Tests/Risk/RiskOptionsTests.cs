using Signalbox.Runner.Risk;
using Signalbox.Settings;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Runner.Tests.Risk;

public sealed class RiskOptionsTests
{
    [Fact]
    public void ReadsWeightsAndPaths()
    {
        var options = Read("risk:\n  weights:\n    ci_files: 5\n  paths:\n    migrations: [sql/**]\n  high: 60\n", out var errors);
        Assert.Empty(errors);
        Assert.Equal((5, 40), (options.WeightOf("ci_files"), options.WeightOf("secret_found")));
        Assert.Equal(["sql/**"], options.PathsOf("migrations"));
        Assert.Equal(60, options.High);
    }

    [Fact]
    public void NamesEverythingThatIsWrong()
    {
        Read("risk:\n  weights:\n    nothing: 5\n    size: 101\n  paths:\n    size: [a]\n    migrations: b\n  high: 10\n", out var errors);
        Assert.Equal(5, errors.Count);
        Assert.Contains(errors, static error => error.ToString().Contains("There is no such rule", StringComparison.Ordinal) && error.ToString().Contains(":3:", StringComparison.Ordinal));
    }

    [Fact]
    public void TheDocumentationListsEveryRuleWithItsWeight()
    {
        var text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "runner-risk.md"));
        Assert.All(RiskRule.Weights, weight => Assert.Contains($"| `{weight.Key}` | {weight.Value} |", text, StringComparison.Ordinal));
        Assert.All(RiskRule.Paths.SelectMany(static paths => paths.Value), pattern => Assert.Contains($"`{pattern}`", text, StringComparison.Ordinal));
    }

    private static RiskOptions Read(string yaml, out IReadOnlyList<SettingsError> errors)
    {
        using var folder = new TemporaryFolder();
        var settings = new SettingsReader(new SettingsSources(new Dictionary<string, string>(), new Dictionary<string, string>(), SettingsFile.Read(folder.Write("c.yaml", yaml))));
        var options = RiskOptions.Read(settings);
        errors = settings.Errors;
        return options;
    }
}
