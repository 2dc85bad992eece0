using Signalbox.Settings;

namespace Signalbox.Server.Platform.Audit;

/// <summary>How requests that come often are recorded.</summary>
internal sealed record AuditRequestOptions
{
    /// <summary>Callers, endpoints and outcomes that are counted at the same time; further ones are counted together.</summary>
    public int Summaries { get; init; } = 10_000;

    public TimeSpan SummaryInterval { get; init; } = TimeSpan.FromMinutes(10);

    public static AuditRequestOptions Read(SettingsReader settings) => new()
    {
        SummaryInterval = settings.Duration(
            "audit.summary_interval",
            TimeSpan.FromMinutes(10),
            TimeSpan.FromSeconds(1),
            TimeSpan.FromDays(1),
            "Requests that come often (telemetry, queries, refused sign-ins) are recorded once at their first, and then as one record with their number after this time."),
        Summaries = (int)settings.Integer("audit.summaries", 10_000, 100, 1_000_000, "Callers, endpoints and outcomes whose requests are counted one by one; those beyond are counted together."),
    };
}
