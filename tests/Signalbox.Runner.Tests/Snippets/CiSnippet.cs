using System.Text.RegularExpressions;
using Signalbox.Settings;
using Signalbox.Testing.Files;

namespace Signalbox.Runner.Tests.Snippets;

/// <summary>A file of <c>docs/ci</c>: what its shell parts are, and which files it keeps.</summary>
internal sealed partial record CiSnippet(string Name, IReadOnlyList<string> Scripts, IReadOnlyList<string> Kept)
{
    public static readonly IReadOnlyList<string> Names = ["github-actions.yml", "gitlab-ci.yml", "Jenkinsfile"];

    /// <exception cref="SettingsException">It is not YAML where it should be.</exception>
    public static CiSnippet Read(string name) => name switch
    {
        "github-actions.yml" => GitHub(Map(name)),
        "gitlab-ci.yml" => GitLab(Map(name)),
        _ => Jenkins(File.ReadAllText(PathOf(name))),
    };

    public static string PathOf(string name) => RepositoryRoot.File("docs", "ci", name);

    private static MapNode Map(string name) => SettingsFile.Read(PathOf(name));

    private static CiSnippet GitHub(MapNode file)
    {
        var steps = Items(Find(file, "jobs", "agent", "steps")).Cast<MapNode>().ToList();
        var upload = steps.Single(static step => step.Find("uses") is ScalarNode { Text: { } uses } && uses.StartsWith("actions/upload-artifact@", StringComparison.Ordinal));
        return new CiSnippet(
            "github-actions.yml",
            [.. steps.Select(static step => step.Find("run")).OfType<ScalarNode>().Select(static run => run.Text!)],
            Text(Find(upload, "with", "path")).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static CiSnippet GitLab(MapNode file) => new(
        "gitlab-ci.yml",
        [.. Items(Find(file, "agent", "before_script")).Concat(Items(Find(file, "agent", "script"))).Select(Text)],
        [.. Items(Find(file, "agent", "artifacts", "paths")).Select(Text), Text(Find(file, "agent", "artifacts", "reports", "metrics"))]);

    private static CiSnippet Jenkins(string text) => new(
        "Jenkinsfile",
        [.. ShellStep().Matches(text).Select(static match => match.Groups["script"].Value)],
        Artifacts().Match(text).Groups["list"].Value.Split(", "));

    private static SettingsNode Find(MapNode map, params string[] path) =>
        path.Aggregate((SettingsNode)map, (node, key) => ((MapNode)node).Find(key) ?? throw new InvalidOperationException($"There is no {string.Join('.', path)}."));

    private static IReadOnlyList<SettingsNode> Items(SettingsNode node) => ((ListNode)node).Items;

    private static string Text(SettingsNode node) => ((ScalarNode)node).Text!;

    [GeneratedRegex("sh '''(?<script>.*?)'''", RegexOptions.Singleline, 1000)]
    private static partial Regex ShellStep();

    [GeneratedRegex("artifacts: '(?<list>.*?)'", RegexOptions.None, 1000)]
    private static partial Regex Artifacts();
}
