using System.Globalization;
using Microsoft.Extensions.Logging;
using Signalbox.Runner.Configuration;
using Signalbox.Settings;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Runner.Tests.Configuration;

public sealed class RunnerOptionsTests : IDisposable
{
    private static readonly Dictionary<string, string> Nothing = [];
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void HasDefaultsWithoutAFile()
    {
        var options = Read(string.Empty);

        Assert.Equal((".cicd-runner/runs", 20, "auto", LogLevel.Information), (options.Runs.Folder, options.Runs.Keep, options.Log.Format, options.Log.Level));
        Assert.False(options.Policy.IsSet);
    }

    [Fact]
    public void LetsFlagsWinOverEnvironmentAndEnvironmentOverFile()
    {
        var file = _folder.Write(".cicd-ai-toolkit.yaml", "runs: {keep: 3, folder: a}\nlog: {level: warn}");
        var environment = new Dictionary<string, string> { ["CICD_RUNNER_RUNS__KEEP"] = "4", ["CICD_RUNNER_RUNS__FOLDER"] = "b", ["CICD_RUNNER_FOLDER"] = "/run", ["CICD_RUNNER_RUN_ID"] = "x" };
        var options = RunnerOptions.Read(RunnerSettings.Open(new Dictionary<string, string> { ["runs.keep"] = "5" }, environment, file, _folder.Path));

        Assert.Equal((5, "b", LogLevel.Warning), (options.Runs.Keep, options.Runs.Folder, options.Log.Level));
    }

    [Fact]
    public void NamesEverythingThatIsWrongWithItsPlace()
    {
        var exception = Assert.Throws<SettingsException>(() => Read("""
            runs:
              kep: 3
              keep: many
            log:
              level: [info]
            agent:
              stall_timeout: 30 minutes
              max_line_bytes: 64 furlongs
            policy:
              rules:
                - id: ci
                  effect: forbid
                  path: [ci/**]
            """));
        var file = _folder.File(".cicd-ai-toolkit.yaml");

        Assert.Collection(
            exception.Errors.OrderBy(static error => int.Parse(error.Place.Split(':')[1], CultureInfo.InvariantCulture)),
            error => Assert.Equal($"{file}:2:3: runs.kep: This key is unknown. Did you mean runs.keep?", error.ToString()),
            error => Assert.StartsWith($"{file}:3:9: runs.keep: 'many' is not allowed; write a whole number", error.ToString(), StringComparison.Ordinal),
            error => Assert.StartsWith($"{file}:5:10: log.level: A single value belongs here", error.ToString(), StringComparison.Ordinal),
            error => Assert.StartsWith($"{file}:7:18: agent.stall_timeout: '30 minutes' is not allowed; write a duration", error.ToString(), StringComparison.Ordinal),
            error => Assert.StartsWith($"{file}:8:19: agent.max_line_bytes: '64 furlongs' is not allowed; write a size", error.ToString(), StringComparison.Ordinal),
            error => Assert.Equal($"{file}:12:15: policy.rules[0].effect: 'forbid' is not allowed; write allow or deny.", error.ToString()),
            error => Assert.StartsWith($"{file}:13:7: policy.rules[0].path: This key is unknown or not supported; known are", error.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void NamesUnknownVariablesAndFlags()
    {
        var exception = Assert.Throws<SettingsException>(() => RunnerOptions.Read(RunnerSettings.Open(
            new Dictionary<string, string> { ["runs.keeep"] = "1" }, new Dictionary<string, string> { ["CICD_RUNNER_LOGG__LEVEL"] = "info", ["CICD_OTHER"] = "x" }, null, _folder.Path)));

        Assert.Equal(["environment CICD_RUNNER_LOGG__LEVEL", "flag --set"], exception.Errors.Select(static error => error.Place));
    }

    [Theory]
    [InlineData("rules: {id: x}", "policy.rules: A list belongs here")]
    [InlineData("rules: [{effect: deny}]", "policy.rules[0].id: This key is required")]
    [InlineData("rules: [{id: a}]", "policy.rules[0].effect: This key is required")]
    [InlineData("rules: [{id: a, effect: deny}, {id: a, effect: allow}]", "policy.rules[1].id: 'a' is taken")]
    [InlineData("rules: [{id: default, effect: deny}]", "policy.rules[0].id: 'default' is taken")]
    [InlineData("rules: [{id: a, effect: deny, paths: ['../x']}]", "policy.rules[0].paths: '../x' names no place")]
    [InlineData("rules: [{id: a, effect: deny, paths: ['ci\\x']}]", "policy.rules[0].paths:")]
    [InlineData("rules: [{id: a, effect: deny, tools: ['']}]", "policy.rules[0].tools: An empty text fits nothing")]
    [InlineData("rules: [{id: a, effect: deny, paths: ci/**}]", "policy.rules[0].paths: A list of texts belongs here")]
    [InlineData("default: maybe", "policy.default: 'maybe' is not allowed")]
    [InlineData("opa: {url: 'ftp://x'}", "policy.opa.url: This is no address of a server")]
    [InlineData("opa: {url: 'http://user:secret@opa:8181'}", "policy.opa.url: This is no address of a server")]
    [InlineData("opa: {url: 'http://opa:8181', path: a//b}", "policy.opa.path: 'a//b' is not allowed")]
    [InlineData("opa: {url: 'http://opa:8181', timeout: 2}", "policy.opa.timeout: '2' is not allowed")]
    public void RefusesAPolicyThatDoesNotHold(string policy, string message)
    {
        var exception = Assert.Throws<SettingsException>(() => Read("policy:\n  " + policy));

        Assert.Contains(message, Assert.Single(exception.Errors).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadsTheExampleOfTheDocumentation()
    {
        var lines = File.ReadAllLines(RepositoryRoot.File("docs", "runner-policy.md")).SkipWhile(static line => line != "    policy:").TakeWhile(static line => line.StartsWith("    ", StringComparison.Ordinal));
        var policy = Read(string.Join('\n', lines.Select(static line => line[4..]))).Policy;

        Assert.Equal(["ci-files", "docs-are-free", "no-merges-by-bots"], policy.Rules.Select(static rule => rule.Id));
        Assert.Equal("cicd/runner/decision", policy.Opa?.Path);
    }

    public void Dispose() => _folder.Dispose();

    private RunnerOptions Read(string text) => RunnerOptions.Read(RunnerSettings.Open(Nothing, Nothing, _folder.Write(".cicd-ai-toolkit.yaml", text), _folder.Path));
}
