using System.Xml.Linq;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Architecture.Tests;

public sealed class ProjectTests
{
    /// <summary>Which project of the product may use which, and whether it may use packages at all.</summary>
    private static readonly Dictionary<string, (string[] Projects, bool Packages)> Table = new(StringComparer.Ordinal)
    {
        ["Signalbox.PromQL"] = ([], false),
        ["Signalbox.Scheduling"] = ([], false),
        ["Signalbox.Judgement"] = ([], false),
        ["Signalbox.Sdk"] = ([], true),
        ["Signalbox.Telemetry"] = (["Signalbox.PromQL"], true),
        ["Signalbox.Settings"] = (["Signalbox.Sdk"], true),
        ["Signalbox.Runner"] = (["Signalbox.Sdk", "Signalbox.Settings"], true),
        ["Signalbox.Server"] = (["Signalbox.PromQL", "Signalbox.Telemetry", "Signalbox.Scheduling", "Signalbox.Judgement", "Signalbox.Sdk", "Signalbox.Settings"], true),
    };

    public static TheoryData<string> Projects =>
        [.. Directory.GetDirectories(RepositoryRoot.File("src")).Select(static folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void UsesOnlyWhatTheTableAllows(string project)
    {
        Assert.True(Table.TryGetValue(project, out var allowed), $"{project} is not in the table of projects.");
        var document = XDocument.Load(RepositoryRoot.File("src", project, $"{project}.csproj"));
        var references = document.Descendants("ProjectReference").Select(static item => Path.GetFileNameWithoutExtension(item.Attribute("Include")!.Value.Replace('\\', '/')));

        Assert.Empty(references.Except(allowed.Projects, StringComparer.Ordinal));
        Assert.True(allowed.Packages || !document.Descendants("PackageReference").Any(), $"{project} needs nothing but the base class library.");
    }

    [Fact]
    public void EveryPackageVersionIsExact()
    {
        var versions = XDocument.Load(RepositoryRoot.File("Directory.Packages.props")).Descendants("PackageVersion").Select(static item => item.Attribute("Version")!.Value);

        Assert.DoesNotContain(versions, static version => version.Contains('*', StringComparison.Ordinal) || version.Contains(',', StringComparison.Ordinal));
    }

    [Fact]
    public void TelemetryKnowsNothingOfTheWeb() =>
        Assert.DoesNotContain(
            SourceTree.Product.Where(static file => file.Path.StartsWith("src/Signalbox.Telemetry/", StringComparison.Ordinal) || file.Path.StartsWith("src/Signalbox.PromQL/", StringComparison.Ordinal)),
            static file => file.Text.Contains("Microsoft.AspNetCore", StringComparison.Ordinal));
}
