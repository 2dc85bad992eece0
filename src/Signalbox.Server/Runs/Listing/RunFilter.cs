using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Runs.Listing;

/// <summary>Which runs of a tenant are listed, and in which order.</summary>
internal sealed record RunFilter(RunListQuery Asked, RunOrder Order, IReadOnlyList<string> Outcomes, RunCursor? After)
{
    private const int MostOutcomes = 50;

    public static Outcome<RunFilter> Of(RunListQuery asked)
    {
        if (RunOrder.Find(asked.Sort) is not { } order)
        {
            return Refusal.Invalid("sort", $"This is not one of {string.Join(", ", RunOrder.All.Select(static order => order.Name))}.");
        }

        RunCursor? after = null;
        if (asked.After is not null && (after = order.Parse(asked.After)) is null)
        {
            return RunsRefusals.BadCursor;
        }

        var outcomes = asked.Outcome?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal).ToArray() ?? [];
        if (outcomes.Length > MostOutcomes)
        {
            return Refusal.Invalid("outcome", "These are too many.");
        }

        if (asked.RiskMin is { } risk && !(risk is >= 0 and <= 100))
        {
            return Refusal.Invalid("risk_min", "This is not from 0 to 100.");
        }

        return asked.From >= asked.To ? Refusal.Invalid("to", "The period ends before it begins.") : new RunFilter(asked, order, outcomes, after);
    }

    /// <summary>Conditions for WHERE, and what their parameters stand for.</summary>
    public (string Conditions, Dictionary<string, object> Parameters) ToSql(string tenant)
    {
        var conditions = new List<string> { "tenant = @tenant" };
        var parameters = new Dictionary<string, object>(StringComparer.Ordinal) { ["tenant"] = tenant };
        Add("repository", "repository = @repository", Asked.Repository);
        Add("actor", "actor = @actor", Asked.Actor);
        Add("agent", "agent = @agent", Asked.Agent);
        Add("branch", "branch = @branch", Asked.Branch);
        Add("fromMs", "started_at_ms >= @fromMs", Asked.From?.ToUnixTimeMilliseconds());
        Add("toMs", "started_at_ms < @toMs", Asked.To?.ToUnixTimeMilliseconds());
        Add("riskMin", "risk >= @riskMin", Asked.RiskMin is { } risk ? (long)Math.Round(risk * 100) : null);
        Add("pattern", "search LIKE @pattern ESCAPE '!'", Asked.Q is { Length: > 0 } text ? PatternOf(text) : null);
        if (Outcomes.Count > 0)
        {
            conditions.Add($"outcome IN ({string.Join(", ", Outcomes.Select(static (_, index) => $"@outcome{index}"))})");
            foreach (var (index, outcome) in Outcomes.Index())
            {
                parameters[$"outcome{index}"] = outcome;
            }
        }

        if (After is { } after)
        {
            conditions.Add($"({Order.Column} < @value OR ({Order.Column} = @value AND run_key < @key))");
            parameters["value"] = after.Value;
            parameters["key"] = after.RunKey;
        }

        return (string.Join(" AND ", conditions), parameters);

        void Add(string name, string condition, object? value)
        {
            if (value is not null)
            {
                conditions.Add(condition);
                parameters[name] = value;
            }
        }
    }

    private static string PatternOf(string text) =>
        $"%{text.ToLowerInvariant().Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal)}%";
}
