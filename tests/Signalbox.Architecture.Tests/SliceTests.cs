using System.Text.RegularExpressions;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Architecture.Tests;

/// <summary>Which slice of the server may use which. The table is the drawing: a new edge is a deliberate line in it.</summary>
public sealed partial class SliceTests
{
    private const string Prefix = "src/Signalbox.Server/";

    /// <summary>Everything may use Platform and Audit, nothing may use App; App composes all of them. What stands here is beyond that.</summary>
    private static readonly Dictionary<string, string[]> Table = new(StringComparer.Ordinal)
    {
        ["Platform"] = [],
        ["Audit"] = [],
        ["Identity"] = [],
        ["Ingest"] = [],
        ["Query"] = [],
        ["Boards"] = ["Query"],
        ["Alerting"] = ["Query"],
        ["Jobs"] = [],
        ["Runs"] = [],
        ["Recovery"] = ["Alerting", "Jobs"],
        ["Releases"] = ["Query", "Jobs", "Alerting"],
    };

    [Fact]
    public void EverySliceUsesOnlyWhatTheTableAllows()
    {
        var broken = Edges()
            .Where(static edge => edge.From != "App" && edge.To != edge.From && !Allowed(edge.From).Contains(edge.To, StringComparer.Ordinal))
            .Select(static edge => $"{edge.File}: {edge.From} uses {edge.To}");

        Assert.Empty(broken);
    }

    [Fact]
    public void EveryFolderIsASliceOfTheTable()
    {
        var folders = SourceTree.Product
            .Where(static file => file.Path.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(static file => file.Path[Prefix.Length..].Split('/'))
            .Where(static parts => parts.Length > 1)
            .Select(static parts => parts[0])
            .Distinct(StringComparer.Ordinal);

        Assert.DoesNotContain(folders, static folder => folder != "App" && !Table.ContainsKey(folder));
    }

    [Fact]
    public void TheTableHasNoCycle()
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var slice in Table.Keys)
        {
            Visit(slice, []);
        }

        void Visit(string slice, List<string> path)
        {
            Assert.False(path.Contains(slice, StringComparer.Ordinal), $"Cycle: {string.Join(" → ", path)} → {slice}");
            if (done.Add(slice))
            {
                foreach (var next in Allowed(slice))
                {
                    Visit(next, [.. path, slice]);
                }
            }
        }
    }

    public static TheoryData<string> Slices =>
    [
        .. Directory.GetDirectories(RepositoryRoot.File("src", "Signalbox.Server"))
            .Select(static folder => Path.GetFileName(folder)!)
            .Where(static folder => folder is not "App" and not "Platform" && Table.ContainsKey(folder))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Slices))]
    public void ASliceHasItsStandardFiles(string slice)
    {
        string[] standard = [$"{slice}Feature.cs", $"{slice}Endpoints.cs", $"{slice}Contracts.cs", $"{slice}Json.cs", $"{slice}Options.cs", $"{slice}Log.cs", $"{slice}Metrics.cs"];
        var present = SourceTree.Product
            .Where(file => file.Path.StartsWith($"{Prefix}{slice}/", StringComparison.Ordinal))
            .Select(static file => Path.GetFileName(file.Path))
            .ToHashSet(StringComparer.Ordinal);

        Assert.DoesNotContain(standard, file => !present.Contains(file));
    }

    private static IEnumerable<string> Allowed(string slice) => slice switch
    {
        "Platform" => [],
        "Audit" => ["Platform"],
        _ => Table.GetValueOrDefault(slice, []).Concat(["Platform", "Audit"]),
    };

    private static IEnumerable<(string File, string From, string To)> Edges() =>
        from file in SourceTree.Product
        where file.Path.StartsWith(Prefix, StringComparison.Ordinal)
        let parts = file.Path[Prefix.Length..].Split('/')
        where parts.Length > 1
        from Match use in ServerNamespace().Matches(file.Text)
        select (file.Path, parts[0], use.Groups["slice"].Value);

    [GeneratedRegex(@"Signalbox\.Server\.(?<slice>[A-Z][A-Za-z]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ServerNamespace();
}
