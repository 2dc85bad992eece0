using Signalbox.Server.Jobs.Engine.Endings;
using Signalbox.Settings;

namespace Signalbox.Server.Jobs.Engine;

/// <summary>The times and bounds of the engine.</summary>
internal sealed record EngineOptions
{
    /// <summary>How long a running execution belongs to its instance without a sign of life; renewed after each third of it.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How much later than its due time an execution may start and still count as in time.</summary>
    public TimeSpan LateAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long what happened is kept.</summary>
    public TimeSpan HistoryRetention { get; init; } = TimeSpan.FromDays(90);

    /// <summary>Definitions kept in memory.</summary>
    public int DefinitionCache { get; init; } = 20_000;

    /// <summary>Longest time until what another instance did is seen.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Which executions leave a record in the audit log when they end.</summary>
    public AuditedExecutions Audited { get; init; }

    public static EngineOptions Read(SettingsReader settings) => new()
    {
        Lease = settings.Duration(
            "jobs.lease", TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(3), TimeSpan.FromMinutes(10), "How long a running execution belongs to a server that gives no sign of life; then it counts as lost."),
        LateAfter = settings.Duration(
            "jobs.late_after", TimeSpan.FromSeconds(60), TimeSpan.FromMilliseconds(100), TimeSpan.FromDays(1), "How much later than its due time an execution may start and still count as in time."),
        HistoryRetention = settings.Duration(
            "jobs.history_retention", TimeSpan.FromDays(90), TimeSpan.FromHours(1), TimeSpan.FromDays(3650), "How long executions, their output, and statistics are kept."),
        DefinitionCache = (int)settings.Integer("jobs.definition_cache", 20_000, 100, 1_000_000, "Definitions of jobs kept in memory."),
        Audited = settings.Choice("audit.executions", "all", "Which executions of jobs leave a record in the audit log when they end.", "all", "failed", "none") switch
        {
            "failed" => AuditedExecutions.Failed,
            "none" => AuditedExecutions.None,
            _ => AuditedExecutions.All,
        },
        Poll = settings.Duration(
            "jobs.poll", TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(10), "Longest time until a server sees what another one did with jobs in the same database."),
    };
}
