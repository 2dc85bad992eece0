using System.Diagnostics.CodeAnalysis;
using Signalbox.Runner.Auditing;
using Signalbox.Runner.Readings.Report;

namespace Signalbox.Runner.Readings;

/// <summary>Keeps a report to what a Signalbox server takes, so that no name an agent, a branch or a file has can have the whole run refused.</summary>
/// <remarks>The server checks the same bounds, and a test holds the two together. What was cut is marked in its place and counted among the report's limits; most reports stay as they are.</remarks>
internal sealed class ReportBounds
{
    private const int LongestWord = 64;
    private const int LongestName = 255;
    private const int LongestPath = 4096;
    private const int LongestText = 1024 * 1024;
    private const int MostItems = 20_000;
    private const int MostModels = 200;
    private const long MostTokens = 1_000_000_000_000;
    private const double MostMoney = 1_000_000;

    private long _texts;
    private long _items;
    private long _figures;

    public static RunReport Keep(RunReport report)
    {
        var bounds = new ReportBounds();
        return bounds.Counted(bounds.Whole(report));
    }

    private RunReport Whole(RunReport report) => report with
    {
        Command = Kept(report.Command, static word => word),
        Folder = Text(report.Folder, LongestPath),
        Version = Text(report.Version, LongestName),
        Ci = Ci(report.Ci),
        Agent = report.Agent is { } agent ? Agent(agent) : null,
        Outcome = report.Outcome with { Detail = Text(report.Outcome.Detail, LongestText) },
        Usage = report.Usage is { } usage ? Usage(usage) : null,
        Tools = Kept(report.Tools, tool => tool with { Name = Text(tool.Name, LongestName) }),
        Changes = Kept(report.Changes, change => change with { Path = Text(change.Path, LongestPath) }),
        Denials = Kept(report.Denials, denial => denial with
        {
            ToolUseId = Text(denial.ToolUseId, LongestName),
            Tool = Text(denial.Tool, LongestName),
            Resource = Text(denial.Resource, LongestPath),
            Reason = Text(denial.Reason, LongestPath),
            PolicyId = Text(denial.PolicyId, LongestName),
        }),
        Stream = report.Stream is { } stream ? stream with { Unknown = Named(stream.Unknown) } : null,
        Warnings = Kept(report.Warnings, warning => warning with { Message = Text(warning.Message, LongestPath) }),
    };

    private CiReport Ci(CiReport ci) => ci with
    {
        Platform = Text(ci.Platform, LongestWord),
        RunId = Text(ci.RunId, LongestName),
        Attempt = Text(ci.Attempt, LongestWord),
        Number = Text(ci.Number, LongestName),
        Url = Text(ci.Url, LongestPath),
        JobId = Text(ci.JobId, LongestName),
        JobName = Text(ci.JobName, LongestName),
        Pipeline = Text(ci.Pipeline, LongestName),
        Actor = ci.Actor is { } actor ? new CiActorReport(Text(actor.Id, LongestName), Text(actor.Name, LongestName)) : null,
        Repository = Text(ci.Repository, LongestName),
        RepositoryUrl = Text(ci.RepositoryUrl, LongestPath),
        Branch = Text(ci.Branch, LongestName),
        Commit = Text(ci.Commit, LongestName),
        PullRequest = Text(ci.PullRequest, LongestWord),
        Event = Text(ci.Event, LongestName),
    };

    private AgentReport Agent(AgentReport agent) => new(
        Text(agent.Name, LongestName), Text(agent.Version, LongestName), Text(agent.Model, LongestName), Text(agent.SessionId, LongestName), Text(agent.Mapping, LongestName));

    private UsageReport Usage(UsageReport usage) => usage with
    {
        Models = Models(usage.Models),
        TotalTokens = Math.Max(0, usage.TotalTokens),
        CostUsd = Money(usage.CostUsd),
        Reconciliation = usage.Reconciliation with
        {
            Counted = Models(usage.Reconciliation.Counted),
            Reported = Models(usage.Reconciliation.Reported),
            Differences = Kept(usage.Reconciliation.Differences, difference => difference with { Model = Text(difference.Model, LongestName) }),
            Telemetry = usage.Reconciliation.Telemetry is { } telemetry ? Models(telemetry) : null,
        },
    };

    /// <summary>Names that only differed in what was cut become one model.</summary>
    private List<ModelUsageReport> Models(IReadOnlyList<ModelUsageReport> models)
    {
        _items += Math.Max(0, models.Count - MostModels);
        var kept = new List<ModelUsageReport>();
        for (var index = 0; index < Math.Min(models.Count, MostModels); index++)
        {
            var (model, name) = (models[index], Text(models[index].Model, LongestName));
            var place = kept.FindIndex(other => other.Model == name);
            var before = place < 0 ? new ModelUsageReport(name, 0, 0, 0, 0, 0) : kept[place];
            var sum = new ModelUsageReport(
                name,
                Tokens(before.Input, model.Input),
                Tokens(before.Output, model.Output),
                Tokens(before.CacheRead, model.CacheRead),
                Tokens(before.CacheCreation, model.CacheCreation),
                Money(before.CostUsd + model.CostUsd));
            if (place < 0)
            {
                kept.Add(sum);
            }
            else
            {
                kept[place] = sum;
            }
        }

        return kept;
    }

    private long Tokens(long before, long more)
    {
        var sum = before + Math.Clamp(more, 0, MostTokens + 1);
        _figures += sum > MostTokens ? 1 : 0;
        return Math.Min(sum, MostTokens);
    }

    private double? Money(double? usd)
    {
        _figures += usd > MostMoney ? 1 : 0;
        return usd is { } value ? Math.Clamp(value, 0, MostMoney) : null;
    }

    private SortedDictionary<string, long> Named(IReadOnlyDictionary<string, long> counts)
    {
        var named = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (name, count) in counts)
        {
            var shown = Text(name, LongestName);
            named[shown] = named.GetValueOrDefault(shown) + count;
        }

        return named;
    }

    private List<T> Kept<T>(IReadOnlyList<T> items, Func<T, T> kept)
    {
        _items += Math.Max(0, items.Count - MostItems);
        return [.. items.Take(MostItems).Select(kept)];
    }

    /// <summary>A server keeps no character NUL either, because not every database does.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    private string? Text(string? text, int most)
    {
        if (text is null || (text.Length <= most && !text.Contains('\0', StringComparison.Ordinal)))
        {
            return text;
        }

        _texts++;
        return AuditEntries.Within(text, most);
    }

    private RunReport Counted(RunReport report)
    {
        var limits = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (name, count) in report.Limits.Append(new("report_texts", _texts)).Append(new("report_items", _items)).Append(new("report_figures", _figures)).Where(static limit => limit.Value > 0))
        {
            limits[name] = count;
        }

        return report with { Limits = limits };
    }
}
