using System.Collections.Frozen;
using Signalbox.Server.Identity.Access;
using Signalbox.Server.Platform.Access;

namespace Signalbox.Server.Identity;

/// <summary>The one place that says who may call which endpoint; an endpoint without a line here answers nobody.</summary>
internal static class AccessTable
{
    private const string Get = "GET";
    private const string Head = "HEAD";
    private const string Post = "POST";
    private const string Put = "PUT";
    private const string Patch = "PATCH";
    private const string Delete = "DELETE";

    /// <summary>For routes that are mapped for every method.</summary>
    private const string Any = "*";

    public static IReadOnlyList<AccessRow> Rows { get; } =
    [
        // The process itself.
        Open(Get, "/-/healthy"),
        Open(Head, "/-/healthy"),
        Open(Get, "/-/ready"),
        Open(Head, "/-/ready"),
        Known(Get, "/openapi/{documentName}.json"),

        // The console's page, which is the same for everybody; what it shows comes through the API. Without a built console, a sentence at "/".
        Open(Get, "/{**path:nonfile}"),
        Open(Head, "/{**path:nonfile}"),
        Open(Get, "/"),

        // Identity.
        Open(Post, "/api/v1/session"),
        Open(Post, "/api/v1/session/link"),
        Known(Get, "/api/v1/session"),
        Known(Delete, "/api/v1/session"),
        Known(Put, "/api/v1/session/password"),
        Known(Put, "/api/v1/session/tenant"),
        Needs(Get, "/api/v1/tokens", Role.Admin, Scopes.TokensAdmin),
        Needs(Post, "/api/v1/tokens", Role.Admin, Scopes.TokensAdmin),
        Needs(Delete, "/api/v1/tokens/{id}", Role.Admin, Scopes.TokensAdmin),
        Known(Get, "/api/v1/scopes"),
        Needs(Get, "/api/v1/users", Role.Admin, Scopes.UsersAdmin),
        Needs(Post, "/api/v1/users", Role.Admin, Scopes.UsersAdmin),
        Needs(Patch, "/api/v1/users/{id}", Role.Admin, Scopes.UsersAdmin),
        Needs(Delete, "/api/v1/users/{id}", Role.Admin, Scopes.UsersAdmin),
        Needs(Post, "/api/v1/users/{id}/sign-in-link", Role.Admin, Scopes.UsersAdmin),
        Needs(Get, "/api/v1/tenants", Role.Admin, Scopes.TenantsAdmin),
        Needs(Post, "/api/v1/tenants", Role.Admin, Scopes.TenantsAdmin),

        // Prometheus's API.
        Open(Get, "/prometheus/-/healthy"),
        Open(Head, "/prometheus/-/healthy"),
        Open(Get, "/prometheus/-/ready"),
        Open(Head, "/prometheus/-/ready"),
        Needs(Get, "/prometheus/api/v1/query", Role.Viewer, Scopes.MetricsRead),
        Needs(Post, "/prometheus/api/v1/query", Role.Viewer, Scopes.MetricsRead),
        Needs(Get, "/prometheus/api/v1/query_range", Role.Viewer, Scopes.MetricsRead),
        Needs(Post, "/prometheus/api/v1/query_range", Role.Viewer, Scopes.MetricsRead),
        Needs(Get, "/prometheus/api/v1/query_exemplars", Role.Viewer, Scopes.MetricsRead),
        Needs(Post, "/prometheus/api/v1/query_exemplars", Role.Viewer, Scopes.MetricsRead),
        Needs(Get, "/prometheus/api/v1/format_query", Role.Viewer, Scopes.MetricsRead),
        Needs(Post, "/prometheus/api/v1/format_query", Role.Viewer, Scopes.MetricsRead),
        Needs(Get, "/prometheus/api/v1/series", Role.Viewer, Scopes.MetricsRead),
        Needs(Post, "/prometheus/api/v1/series", Role.Viewer, Scopes.MetricsRead),
        Needs(Get, "/prometheus/api/v1/labels", Role.Viewer, Scopes.MetricsRead),
        Needs(Post, "/prometheus/api/v1/labels", Role.Viewer, Scopes.MetricsRead),
        Needs(Get, "/prometheus/api/v1/label/{name}/values", Role.Viewer, Scopes.MetricsRead),
        Needs(Get, "/prometheus/api/v1/metadata", Role.Viewer, Scopes.MetricsRead),
        Needs(Get, "/prometheus/api/v1/targets", Role.Viewer, Scopes.MetricsRead),
        Needs(Get, "/prometheus/api/v1/status/buildinfo", Role.Viewer, Scopes.MetricsRead),
        Known(Any, "/prometheus/api/v1/{**rest}"),

        // Ingest.
        Needs(Post, "/prometheus/api/v1/write", Role.Operator, Scopes.MetricsWrite),
        Needs(Post, "/otlp/v1/metrics", Role.Operator, Scopes.MetricsWrite),
        Needs(Post, "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export", Role.Operator, Scopes.MetricsWrite),
        Known(Post, "/otlp/v1/logs"),
        Known(Post, "/otlp/v1/traces"),
        Known(Post, "/opentelemetry.proto.collector.logs.v1.LogsService/Export"),
        Known(Post, "/opentelemetry.proto.collector.trace.v1.TraceService/Export"),
        OwnersNeed(Get, "/metrics", Role.Viewer, Scopes.SystemRead),
        Needs(Get, "/api/v1/ingest/sources", Role.Viewer, Scopes.MetricsRead),
        Needs(Get, "/api/v1/limits", Role.Viewer, Scopes.SystemRead),
        Needs(Get, "/api/v1/system", Role.Viewer, Scopes.SystemRead),

        // What happens, as it happens; each topic has a rule of its own.
        Known(Get, "/api/v1/events"),

        // Jobs.
        Needs(Get, "/api/v1/scheduler/tasks", Role.Viewer, Scopes.JobsRead),
        Needs(Post, "/api/v1/scheduler/tasks", Role.Admin, Scopes.JobsAdmin),
        Needs(Get, "/api/v1/scheduler/tasks/{id}", Role.Viewer, Scopes.JobsRead),
        Needs(Put, "/api/v1/scheduler/tasks/{id}", Role.Admin, Scopes.JobsAdmin),
        Needs(Delete, "/api/v1/scheduler/tasks/{id}", Role.Admin, Scopes.JobsAdmin),
        Needs(Post, "/api/v1/scheduler/tasks/{id}/enable", Role.Admin, Scopes.JobsAdmin),
        Needs(Post, "/api/v1/scheduler/tasks/{id}/disable", Role.Admin, Scopes.JobsAdmin),
        Needs(Post, "/api/v1/scheduler/tasks/bulk/enable", Role.Admin, Scopes.JobsAdmin),
        Needs(Post, "/api/v1/scheduler/tasks/bulk/disable", Role.Admin, Scopes.JobsAdmin),
        Needs(Post, "/api/v1/scheduler/tasks/{id}/trigger", Role.Operator, Scopes.JobsRun),
        Needs(Get, "/api/v1/scheduler/tasks/{id}/preview", Role.Viewer, Scopes.JobsRead),
        Needs(Get, "/api/v1/scheduler/tasks/{id}/fires", Role.Viewer, Scopes.JobsRead),
        Needs(Get, "/api/v1/scheduler/tasks/{id}/schedules", Role.Viewer, Scopes.JobsRead),
        Needs(Post, "/api/v1/scheduler/preview", Role.Viewer, Scopes.JobsRead),
        Needs(Get, "/api/v1/scheduler/executions", Role.Viewer, Scopes.JobsRead),
        Needs(Get, "/api/v1/scheduler/executions/timeline", Role.Viewer, Scopes.JobsRead),
        Needs(Get, "/api/v1/scheduler/executions/{id}", Role.Viewer, Scopes.JobsRead),
        Needs(Get, "/api/v1/scheduler/executions/{id}/output", Role.Viewer, Scopes.JobsRead),
        Needs(Post, "/api/v1/scheduler/executions/{id}/cancel", Role.Operator, Scopes.JobsRun),
        Needs(Get, "/api/v1/scheduler/stats", Role.Viewer, Scopes.JobsRead),
        Needs(Get, "/api/v1/scheduler/instances", Role.Viewer, Scopes.JobsRead),
        Needs(Get, "/api/v1/scheduler/handlers", Role.Viewer, Scopes.JobsRead),
        Needs(Post, "/api/v1/scheduler/files/plan", Role.Admin, Scopes.JobsAdmin),
        Needs(Post, "/api/v1/scheduler/files/apply", Role.Admin, Scopes.JobsAdmin),

        // Runs of cicd-runner.
        Needs(Get, "/api/v1/runs", Role.Viewer, Scopes.RunsRead),
        Needs(Post, "/api/v1/runs", Role.Operator, Scopes.RunsWrite),
        Needs(Get, "/api/v1/runs/costs", Role.Viewer, Scopes.RunsRead),
        Needs(Get, "/api/v1/runs/{id}", Role.Viewer, Scopes.RunsRead),
        Needs(Delete, "/api/v1/runs/{id}", Role.Admin, Scopes.RunsAdmin),
        Needs(Get, "/api/v1/runs/{id}/timeline", Role.Viewer, Scopes.RunsRead),
        Needs(Get, "/api/v1/runs/{id}/files", Role.Viewer, Scopes.RunsRead),
        Needs(Get, "/api/v1/runs/{id}/files/{name}", Role.Viewer, Scopes.RunsRead),
        Needs(Put, "/api/v1/runs/{id}/files/{name}", Role.Operator, Scopes.RunsWrite),

        // The audit log.
        Needs(Get, "/api/v1/audit/events", Role.Operator, Scopes.AuditRead),
        Needs(Post, "/api/v1/audit/events", Role.Operator, Scopes.AuditWrite),
        Needs(Get, "/api/v1/audit/events/{id}", Role.Operator, Scopes.AuditRead),
        Needs(Get, "/api/v1/audit/events/{id}/entry", Role.Operator, Scopes.AuditRead),
        Needs(Get, "/api/v1/audit/checkpoint", Role.Operator, Scopes.AuditRead),
        Needs(Get, "/api/v1/audit/proof/inclusion", Role.Operator, Scopes.AuditRead),
        Needs(Get, "/api/v1/audit/proof/consistency", Role.Operator, Scopes.AuditRead),
        Needs(Get, "/api/v1/audit/keys", Role.Operator, Scopes.AuditRead),
        Needs(Get, "/api/v1/audit/tile/{level:int}/{**index}", Role.Operator, Scopes.AuditRead),
        Needs(Get, "/api/v1/audit/tile/entries/{**index}", Role.Operator, Scopes.AuditRead),
        Needs(Get, "/api/v1/audit/export", Role.Operator, Scopes.AuditRead),
        Needs(Get, "/api/v1/audit/config", Role.Operator, Scopes.AuditRead),
        Needs(Put, "/api/v1/audit/config", Role.Admin, Scopes.AuditAdmin),
        Needs(Get, "/api/v1/audit/config/preview", Role.Operator, Scopes.AuditRead),
        Needs(Get, "/api/v1/audit/vocabulary", Role.Operator, Scopes.AuditRead),
        OwnersNeed(Post, "/api/v1/audit/keys/rotate", Role.Admin, Scopes.AuditAdmin),
        Needs(Get, "/api/v1/audit/witness", Role.Operator, Scopes.AuditRead),
        Open(Post, "/api/v1/audit/witness/add-checkpoint"),
        Needs(Get, "/api/v1/audit/filters", Role.Operator, Scopes.AuditRead),
        Needs(Put, "/api/v1/audit/filters/{name}", Role.Operator, Scopes.AuditRead),
        Needs(Delete, "/api/v1/audit/filters/{name}", Role.Operator, Scopes.AuditRead),
    ];

    private static readonly FrozenDictionary<(string Method, string Pattern), AccessRule> ByRoute =
        Rows.ToFrozenDictionary(static row => (row.Method, row.Pattern), static row => row.Rule);

    private static readonly FrozenDictionary<string, Role> LeastRole = Rows
        .Where(static row => row.Rule.Scope is not null)
        .GroupBy(static row => row.Rule.Scope!, StringComparer.Ordinal)
        .ToFrozenDictionary(static rows => rows.Key, static rows => rows.Min(static row => row.Rule.Role!.Value), StringComparer.Ordinal);

    /// <summary>The rule of an endpoint; null when the table has none.</summary>
    /// <param name="pattern">Without a slash at the end.</param>
    /// <param name="method">In any case, as the router takes it.</param>
    public static AccessRule? Find(string method, string pattern) =>
        ByRoute.TryGetValue((HttpMethods.GetCanonicalizedValue(method), pattern), out var rule) ? rule : ByRoute.GetValueOrDefault((Any, pattern));

    /// <summary>The pattern of a route as the table writes it.</summary>
    public static string PatternOf(RouteEndpoint endpoint) => "/" + (endpoint.RoutePattern.RawText ?? string.Empty).Trim('/');

    /// <summary>Everything that a role can be used for without narrowing.</summary>
    public static IEnumerable<string> ScopesOf(Role role) => LeastRole.Where(pair => pair.Value <= role).Select(static pair => pair.Key);

    private static AccessRow Open(string method, string pattern) => new(method, pattern, AccessRule.Everybody);

    private static AccessRow OwnersNeed(string method, string pattern, Role role, string scope) => new(method, pattern, AccessRule.OwnersNeed(role, scope));

    private static AccessRow Known(string method, string pattern) => new(method, pattern, AccessRule.Known);

    private static AccessRow Needs(string method, string pattern, Role role, string scope) => new(method, pattern, AccessRule.Needs(role, scope));
}
