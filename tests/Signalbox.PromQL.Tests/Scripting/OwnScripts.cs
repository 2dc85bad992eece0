using Signalbox.PromQL.Tests.Conformance;

namespace Signalbox.PromQL.Tests.Scripting;

/// <summary>The scripts of this repository: every eval passes, in both modes of name removal unless a script says otherwise.</summary>
public sealed class OwnScripts(ITestOutputHelper output)
{
    private static readonly string Folder = Path.Combine(ConformanceFiles.RepositoryRoot, "tests", "Signalbox.PromQL.Tests", "Scripts");

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Folder, "*.test").Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Pass(string file)
    {
        var script = await File.ReadAllTextAsync(Path.Combine(Folder, file), TestContext.Current.CancellationToken);
        PromQLEngine[] engines = script.Contains("# delayed name removal only", StringComparison.Ordinal)
            ? [ScriptRunner.TestEngine]
            : [ScriptRunner.TestEngine, new PromQLEngine(new PromQLOptions { MaxSamples = 10_000 }, TimeProvider.System)];
        foreach (var engine in engines)
        {
            var outcomes = await ScriptRunner.RunAsync(script, engine);
            var failures = outcomes.Where(static outcome => outcome.Error is not null).Select(static outcome => $"line {outcome.Command.Line}: {outcome.Error}").ToArray();
            output.WriteLine($"{file}: {outcomes.Count - failures.Length}/{outcomes.Count}");
            Assert.True(outcomes.Count > 0 && failures.Length == 0, string.Join('\n', failures));
        }
    }
}
