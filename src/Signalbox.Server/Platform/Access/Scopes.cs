namespace Signalbox.Server.Platform.Access;

/// <summary>The scopes that a token can be narrowed to, each <c>subject:verb</c>; a slice adds those its endpoints need.</summary>
internal static class Scopes
{
    public const string MetricsRead = "metrics:read";
    public const string MetricsWrite = "metrics:write";
    public const string SystemRead = "system:read";
    public const string JobsRead = "jobs:read";
    public const string JobsRun = "jobs:run";
    public const string JobsAdmin = "jobs:admin";
    public const string RunsRead = "runs:read";
    public const string RunsWrite = "runs:write";
    public const string RunsAdmin = "runs:admin";
    public const string AuditRead = "audit:read";
    public const string AuditWrite = "audit:write";
    public const string AuditAdmin = "audit:admin";
    public const string TokensAdmin = "tokens:admin";
    public const string UsersAdmin = "users:admin";
    public const string TenantsAdmin = "tenants:admin";

    public static IReadOnlyList<Scope> All { get; } =
    [
        new(MetricsRead, "Ask PromQL and read series, labels and metadata."),
        new(MetricsWrite, "Send metrics by OTLP and remote write."),
        new(SystemRead, "Read how Signalbox itself is doing: its metrics, limits and their use."),
        new(JobsRead, "Read jobs, their executions, output and statistics."),
        new(JobsRun, "Run jobs by hand and cancel executions."),
        new(JobsAdmin, "Create, change, delete, enable and disable jobs, and apply their files."),
        new(RunsRead, "Read runs of cicd-runner, their files and their costs."),
        new(RunsWrite, "Report runs and upload their files."),
        new(RunsAdmin, "Delete runs."),
        new(AuditRead, "Read the audit log, its proofs and its live tail."),
        new(AuditWrite, "Report events to the audit log."),
        new(AuditAdmin, "Change how long the audit log is kept."),
        new(TokensAdmin, "List, create and revoke API tokens."),
        new(UsersAdmin, "List, create, change and delete users."),
        new(TenantsAdmin, "List and create tenants."),
    ];

    public static bool Exists(string name) => All.Any(scope => scope.Name == name);
}

/// <summary>One scope.</summary>
internal sealed record Scope(string Name, string Description);
