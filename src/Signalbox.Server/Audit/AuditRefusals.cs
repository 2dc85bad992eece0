using System.Diagnostics.Metrics;

namespace Signalbox.Server.Audit;

/// <summary>Counts what the audit log's API refused because of a bound.</summary>
internal sealed class AuditRefusals(IMeterFactory meters)
{
    private readonly Counter<long> _refused = meters.Create(AuditMetrics.MeterName).CreateCounter<long>(
        "signalbox.audit.refused", "{request}", "Requests to the audit log refused because of a bound; limit names the setting or the bound.");

    /// <param name="limit">The setting whose bound it passed.</param>
    public void Refused(string limit) => _refused.Add(1, new KeyValuePair<string, object?>("limit", limit));
}
