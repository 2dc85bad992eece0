namespace Signalbox.Testing.Runs;

/// <summary>What tells one sample run from another.</summary>
public sealed record SampleRun
{
    /// <summary>Makes its id.</summary>
    public required int Number { get; init; }

    /// <summary>Before now.</summary>
    public required TimeSpan Age { get; init; }

    public required TimeSpan Duration { get; init; }

    public required string Repository { get; init; }

    public string Branch { get; init; } = "main";

    public string? PullRequest { get; init; }

    public required string Actor { get; init; }

    public required string ActorName { get; init; }

    /// <summary>Null for a plain command.</summary>
    public string? Agent { get; init; } = "claude-code";

    public string Model { get; init; } = "claude-opus-4-1";

    public required string Task { get; init; }

    public string Outcome { get; init; } = "completed";

    public int ExitCode { get; init; }

    public string State { get; init; } = "finished";

    public long Output { get; init; } = 18_000;

    public double? CostUsd { get; init; } = 1.25;

    public double Risk { get; init; } = 12;

    public string Level => Risk switch { < 25 => "low", < 50 => "medium", < 75 => "high", _ => "critical" };

    public int Denials { get; init; }

    public int Unattributed { get; init; }

    public long PeakBytes { get; init; } = 380L * 1024 * 1024;

    public string Id => RunReports.IdOf(Number);

    /// <summary>Eight that differ in everything that a list can be filtered and sorted by.</summary>
    public static IReadOnlyList<SampleRun> All { get; } =
    [
        new()
        {
            Number = 1, Age = TimeSpan.FromMinutes(20), Duration = TimeSpan.FromMinutes(11), Repository = "acme/checkout", Branch = "feature/retry-payments", PullRequest = "482", Actor = "mira", ActorName = "Mira Okafor",
            Task = "Retry payments that the gateway answers with 503, and test it", Output = 42_310, CostUsd = 3.87, Risk = 34, Denials = 1,
        },
        new()
        {
            Number = 2, Age = TimeSpan.FromHours(3), Duration = TimeSpan.FromMinutes(4), Repository = "acme/checkout", Actor = "renovate", ActorName = "Renovate", Model = "claude-sonnet-4-5",
            Task = "Raise Newtonsoft.Json to 13.0.4 and fix what breaks", Output = 9_120, CostUsd = 0.41, Risk = 18,
        },
        new()
        {
            Number = 3, Age = TimeSpan.FromHours(9), Duration = TimeSpan.FromMinutes(27), Repository = "acme/warehouse", Branch = "migrate-stock", PullRequest = "97", Actor = "jonas", ActorName = "Jonas Lindqvist",
            Task = "Move stock levels into their own table", Output = 88_400, CostUsd = 9.62, Risk = 81, Denials = 3, Unattributed = 2, Outcome = "failed", ExitCode = 1,
        },
        new()
        {
            Number = 4, Age = TimeSpan.FromDays(1), Duration = TimeSpan.FromMinutes(6), Repository = "acme/warehouse", Branch = "import-speed", Actor = "jonas", ActorName = "Jonas Lindqvist",
            Task = "Make the nightly import faster", Output = 15_800, CostUsd = 1.90, Risk = 22, Outcome = "memory_limit", ExitCode = 102, PeakBytes = 540L * 1024 * 1024,
        },
        new()
        {
            Number = 5, Age = TimeSpan.FromDays(3), Duration = TimeSpan.FromMinutes(15), Repository = "acme/site", Branch = "docs", PullRequest = "1204", Actor = "lea", ActorName = "Lea Brandt", Model = "claude-sonnet-4-5",
            Task = "Rewrite the getting-started page", Output = 30_050, CostUsd = 1.02, Risk = 6,
        },
        new()
        {
            Number = 6, Age = TimeSpan.FromDays(8), Duration = TimeSpan.FromMinutes(40), Repository = "acme/checkout", Branch = "refactor-cart", PullRequest = "471", Actor = "mira", ActorName = "Mira Okafor",
            Task = "Take the cart apart into smaller classes", Output = 120_700, CostUsd = 12.44, Risk = 56, Unattributed = 1, Outcome = "budget_usd", ExitCode = 102,
        },
        new()
        {
            Number = 7, Age = TimeSpan.FromDays(15), Duration = TimeSpan.FromMinutes(2), Repository = "acme/site", Actor = "lea", ActorName = "Lea Brandt", Agent = null,
            Task = "npm run build", CostUsd = null, Risk = 0, PeakBytes = 910L * 1024 * 1024,
        },
        new()
        {
            Number = 8, Age = TimeSpan.FromMinutes(3), Duration = TimeSpan.FromMinutes(3), Repository = "acme/checkout", Branch = "fix-rounding", PullRequest = "485", Actor = "mira", ActorName = "Mira Okafor",
            Task = "Round prices half to even", Output = 4_210, CostUsd = 0.37, Risk = 3, State = "running", Outcome = "running",
        },
    ];
}
