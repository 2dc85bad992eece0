using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Runs.Costs;

/// <summary>Adds up what runs used and cost.</summary>
internal sealed class CostQuery(ControlDatabase database)
{
    /// <summary>Groups in one answer.</summary>
    private const int MostGroups = 500;

    private static readonly Dictionary<string, string> Columns = new(StringComparer.Ordinal) { ["repository"] = "repository", ["model"] = "model", ["week"] = "week", ["actor"] = "actor" };

    public async Task<Outcome<RunCostList>> RunAsync(string tenant, RunCostQuery asked, CancellationToken cancellationToken)
    {
        var by = asked.By ?? "repository";
        if (!Columns.TryGetValue(by, out var column))
        {
            return Refusal.Invalid("by", $"This is not one of {string.Join(", ", Columns.Keys)}.");
        }

        if (asked.From >= asked.To)
        {
            return Refusal.Invalid("to", "The period ends before it begins.");
        }

        var (conditions, parameters) = ConditionsOf(tenant, asked);
        return await database.ReadAsync<Outcome<RunCostList>>(
            async session =>
            {
                var sums = SumsOf(session.Dialect, byModel: column == "model");
                var order = column == "week" ? "week" : $"cost_micros DESC, tokens DESC, {column}";
                var groups = await session.ListAsync<CostRow>(
                    $"SELECT {column} AS group_key, {sums} FROM run_usage WHERE {conditions} GROUP BY {column} ORDER BY {order} LIMIT {MostGroups}", parameters);
                var total = await session.FindAsync<CostRow>($"SELECT NULL AS group_key, {SumsOf(session.Dialect, byModel: false)} FROM run_usage WHERE {conditions}", parameters);
                var omitted = groups.Count < MostGroups
                    ? 0
                    : await session.ValueAsync<long>($"SELECT count(*) FROM (SELECT {column} FROM run_usage WHERE {conditions} GROUP BY {column}) AS all_groups", parameters) - MostGroups;
                return new RunCostList(by, asked.From, asked.To, [.. groups.Select(static row => row.ToWire())], total!.ToWire(), omitted);
            },
            cancellationToken);
    }

    private static (string Conditions, Dictionary<string, object> Parameters) ConditionsOf(string tenant, RunCostQuery asked)
    {
        var conditions = new List<string> { "tenant = @tenant" };
        var parameters = new Dictionary<string, object>(StringComparer.Ordinal) { ["tenant"] = tenant };
        (string Name, string Condition, object? Value)[] all =
        [
            ("fromMs", "started_at_ms >= @fromMs", asked.From?.ToUnixTimeMilliseconds()),
            ("toMs", "started_at_ms < @toMs", asked.To?.ToUnixTimeMilliseconds()),
            ("repository", "repository = @repository", asked.Repository),
            ("model", "model = @model", asked.Model),
            ("actor", "actor = @actor", asked.Actor),
        ];
        foreach (var (name, condition, value) in all)
        {
            if (value is not null)
            {
                conditions.Add(condition);
                parameters[name] = value;
            }
        }

        return (string.Join(" AND ", conditions), parameters);
    }

    private static string SumsOf(IControlDialect dialect, bool byModel)
    {
        string Sum(string column) => dialect.WholeNumber($"coalesce(sum({column}), 0)");
        return $"""
            count(DISTINCT run_key) AS runs, {Sum("input_tokens")} AS input, {Sum("output_tokens")} AS output, {Sum("cache_read_tokens")} AS cache_read, {Sum("cache_creation_tokens")} AS cache_creation,
            {Sum("input_tokens + output_tokens + cache_read_tokens + cache_creation_tokens")} AS tokens, {Sum("cost_micros")} AS cost_micros, count(cost_micros) AS costs,
            count(DISTINCT CASE WHEN {(byModel ? "cost_micros IS NULL" : "priced = 0")} THEN run_key END) AS unpriced
            """;
    }

    /// <summary>One sum.</summary>
    private sealed record CostRow
    {
        public string? GroupKey { get; init; }

        public required long Runs { get; init; }

        public required long Input { get; init; }

        public required long Output { get; init; }

        public required long CacheRead { get; init; }

        public required long CacheCreation { get; init; }

        public required long Tokens { get; init; }

        public required long CostMicros { get; init; }

        /// <summary>Rows whose cost is known.</summary>
        public required long Costs { get; init; }

        public required long Unpriced { get; init; }

        public RunCost ToWire() => new()
        {
            Key = GroupKey is { Length: > 0 } key ? key : null,
            Runs = Runs,
            Input = Input,
            Output = Output,
            CacheRead = CacheRead,
            CacheCreation = CacheCreation,
            TotalTokens = Tokens,
            CostUsd = Costs == 0 ? null : CostMicros / 1_000_000.0,
            UnpricedRuns = Unpriced,
        };
    }
}

/// <summary>What sums of costs can be asked for.</summary>
internal sealed record RunCostQuery
{
    /// <summary>repository, model, week (ISO, in UTC) or actor.</summary>
    public string? By { get; init; }

    /// <summary>Runs that started at or after.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Exclusive.</summary>
    public DateTimeOffset? To { get; init; }

    public string? Repository { get; init; }

    public string? Model { get; init; }

    public string? Actor { get; init; }
}
