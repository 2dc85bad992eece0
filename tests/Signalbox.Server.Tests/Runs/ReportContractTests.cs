using System.Text.Json.Serialization.Metadata;
using Signalbox.Runner.Readings.Report;
using Signalbox.Server.Runs;
using Xunit;

namespace Signalbox.Server.Tests.Runs;

/// <summary>What the runner writes is what the server reads: a member that only one of them knows would have every run refused.</summary>
public sealed class ReportContractTests
{
    [Fact]
    public void RunnerAndServerKnowTheSameMembers()
    {
        var written = Members(ReportJson.Default.RunReport);
        var read = Members(RunsJson.Default.RunReport);

        Assert.Empty(written.Except(read, StringComparer.Ordinal));
        Assert.Empty(read.Except(written, StringComparer.Ordinal));
    }

    [Fact]
    public void AnEntryOfTheTimeLineHasTheSameMembers() => Assert.Empty(Members(ReportJson.Default.TimelineEntry).Except(Members(RunsJson.Default.RunTimelineEntry), StringComparer.Ordinal));

    private static List<string> Members(JsonTypeInfo type)
    {
        var members = new List<string>();
        Add(type, string.Empty);
        return members;

        void Add(JsonTypeInfo current, string path)
        {
            switch (current.Kind)
            {
                case JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary:
                    Add(current.Options.GetTypeInfo(current.ElementType!), path + "[]");
                    break;
                case JsonTypeInfoKind.Object:
                    foreach (var property in current.Properties.Where(static property => property.Get is not null || property.Set is not null))
                    {
                        members.Add($"{path}.{property.Name}");
                        Add(current.Options.GetTypeInfo(property.PropertyType), $"{path}.{property.Name}");
                    }

                    break;
            }
        }
    }
}
