using System.Globalization;
using Signalbox.PromQL.Tests.Scripting;

namespace Signalbox.PromQL.Tests.Conformance;

/// <summary>Prometheus's own scripts, when they are present: how many evals pass, and no fewer than before.</summary>
public sealed class UpstreamScripts(ITestOutputHelper output)
{
    [Fact]
    public async Task PassAtLeastAsManyEvalsAsBefore()
    {
        if (ConformanceFiles.Folder is null)
        {
            Assert.Skip("The PromQL scripts are absent: neither ../shared/conformance nor $SIGNALBOX_CONFORMANCE holds them.");
        }

        var minimum = Minimum();
        List<string> shortfalls = [];
        foreach (var file in ConformanceFiles.Scripts)
        {
            var name = Path.GetFileName(file);
            var outcomes = await ScriptRunner.RunAsync(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), ScriptRunner.TestEngine);
            var passed = outcomes.Count(static outcome => outcome.Error is null);
            output.WriteLine(
                $"{name}: {outcomes.Count(static o => o.IsStable && o.Error is null)}/{outcomes.Count(static o => o.IsStable)} stable, {passed}/{outcomes.Count} all");
            foreach (var outcome in outcomes.Where(static outcome => outcome.Error is not null))
            {
                output.WriteLine($"  {name}:{outcome.Command.Line}{(outcome.IsStable ? " STABLE" : string.Empty)} {outcome.Command.Query}\n      {outcome.Error}");
            }

            if (passed < minimum.GetValueOrDefault(name))
            {
                shortfalls.Add($"{name}: {passed} pass, {minimum[name]} must");
            }
        }

        Assert.True(shortfalls.Count == 0, string.Join('\n', shortfalls));
    }

    private static Dictionary<string, int> Minimum() => File
        .ReadLines(Path.Combine(ConformanceFiles.RepositoryRoot, "tests", "Signalbox.PromQL.Tests", "Conformance", "minimum-passing.txt"))
        .Where(static line => line.Length > 0 && !line.StartsWith('#'))
        .Select(static line => line.Split(' '))
        .ToDictionary(static parts => parts[0], static parts => int.Parse(parts[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);
}
