using Signalbox.Runner.Configuration;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Runner.Tests.Configuration;

public sealed class ConfigurationFileTests : IDisposable
{
    private static readonly Dictionary<string, string> Nothing = [];
    private readonly TemporaryFolder _folder = new();

    public ConfigurationFileTests() => Directory.CreateDirectory(_folder.File("repository", "src", "deep"));

    [Fact]
    public void IsFoundInAParentWithinTheRepository()
    {
        Directory.CreateDirectory(_folder.File("repository", ".git"));
        var file = _folder.Write("repository/.cicd-ai-toolkit.yaml", "runs: {keep: 3}");

        Assert.Equal(file, ConfigurationFile.Find(_folder.File("repository", "src", "deep")));
        Assert.Equal(3, RunnerOptions.Read(RunnerSettings.Open(Nothing, Nothing, null, _folder.File("repository", "src", "deep"))).Runs.Keep);
    }

    [Fact]
    public void IsTheNearestOfSeveral()
    {
        Directory.CreateDirectory(_folder.File("repository", ".git"));
        _folder.Write("repository/.cicd-ai-toolkit.yaml", string.Empty);
        var nearest = _folder.Write("repository/src/.cicd-ai-toolkit.yaml", string.Empty);

        Assert.Equal(nearest, ConfigurationFile.Find(_folder.File("repository", "src", "deep")));
    }

    [Fact]
    public void IsNotTakenFromBeyondTheRepository()
    {
        _folder.Write("repository/.git", "gitdir: elsewhere");
        _folder.Write(".cicd-ai-toolkit.yaml", string.Empty);

        Assert.Null(ConfigurationFile.Find(_folder.File("repository", "src")));
    }

    [Fact]
    public void IsOnlyThatOfTheFolderItselfWithoutARepository()
    {
        var file = _folder.Write(".cicd-ai-toolkit.yaml", string.Empty);

        Assert.Null(ConfigurationFile.Find(_folder.File("repository")));
        Assert.Equal(file, ConfigurationFile.Find(_folder.Path));
    }

    [Fact]
    public void IsNamedByTheFlagThenByTheEnvironment()
    {
        var environment = new Dictionary<string, string> { [ConfigurationFile.Variable] = "named.yaml" };
        _folder.Write(".cicd-ai-toolkit.yaml", string.Empty);

        Assert.Equal("flag.yaml", RunnerSettings.FileOf(environment, "flag.yaml", _folder.Path));
        Assert.Equal("named.yaml", RunnerSettings.FileOf(environment, null, _folder.Path));
        Assert.Null(RunnerSettings.FileOf(new Dictionary<string, string> { [ConfigurationFile.Variable] = string.Empty }, null, _folder.Path));
        Assert.Null(RunnerSettings.FileOf(environment, string.Empty, _folder.Path));
    }

    public void Dispose() => _folder.Dispose();
}
