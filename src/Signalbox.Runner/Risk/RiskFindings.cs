using Signalbox.Runner.Readings.Report;

namespace Signalbox.Runner.Risk;

/// <summary>Gathers what rules have found and adds it up.</summary>
/// <remarks>
/// The first finding of a rule counts its whole weight, each further one a quarter of it, and a rule at most twice its weight: ten changed workflows are worse than one, and not ten times as bad.
/// All in whole numbers, so that the same run has the same score everywhere.
/// </remarks>
internal sealed class RiskFindings(RiskOptions options)
{
    private const int MaxScore = 100;
    private const int MaxResources = 20;
    private const int Shares = 4;

    private readonly List<RiskContribution> _contributions = [];

    public RiskReport Report
    {
        get
        {
            var score = (int)Math.Min(MaxScore, _contributions.Sum(static contribution => contribution.Points));
            var level = score >= options.Critical ? "critical" : score >= options.High ? "high" : score >= options.Medium ? "medium" : "low";
            return new RiskReport(score, level, [.. _contributions.OrderByDescending(static contribution => contribution.Points).ThenBy(static contribution => contribution.Rule, StringComparer.Ordinal)]);
        }
    }

    /// <param name="resources">One a finding.</param>
    /// <param name="reason">A sentence; told how many there are.</param>
    public void Add(string rule, IReadOnlyCollection<string> resources, Func<int, string> reason)
    {
        var weight = options.WeightOf(rule);
        if (resources.Count > 0 && weight > 0)
        {
            var further = (long)(resources.Count - 1) * Math.Max(1, weight / Shares);
            Add(rule, (int)Math.Min(2 * weight, weight + further), reason(resources.Count), resources);
        }
    }

    /// <summary>A finding that counts as much as it says.</summary>
    /// <param name="share">Of the weight, in quarters.</param>
    public void AddShare(string rule, int share, string reason, IReadOnlyCollection<string> resources)
    {
        var points = options.WeightOf(rule) * share / Shares;
        if (points > 0)
        {
            Add(rule, points, reason, resources);
        }
    }

    private void Add(string rule, int points, string reason, IReadOnlyCollection<string> resources) =>
        _contributions.Add(new RiskContribution(rule, points, reason, [.. resources.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(MaxResources)]));
}
