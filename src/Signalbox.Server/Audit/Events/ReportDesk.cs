using System.Text.Json;
using Signalbox.Server.Audit.Records;
using Signalbox.Server.Audit.Sequencing;
using Signalbox.Server.Platform.Access;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Audit.Events;

/// <summary>Takes events that happened elsewhere into the log, all of a request or none.</summary>
internal sealed class ReportDesk(ReportReader reader, RecordWriter writer, AuditTrail trail, AuditRefusals refusals)
{
    /// <returns>Once all of them are durable.</returns>
    public async Task<Outcome<AuditReportResult>> TakeAsync(Principal principal, JsonElement report, CancellationToken cancellationToken)
    {
        var read = reader.Read(report, principal.Tenant.Value, AuditActor.Of(principal));
        if (read is not Outcome<IReadOnlyList<AuditEvent>>.Done { Value: var events })
        {
            return ((Outcome<IReadOnlyList<AuditEvent>>.Refused)read).Refusal;
        }

        var asking = AuditScope.Current;
        var scope = ScopeOf(asking);
        var records = events.Select(auditEvent => writer.Prepare(auditEvent, scope)).ToList();
        try
        {
            var result = await trail.AppendAsync(records, cancellationToken);
            asking?.Noted();
            var duplicates = result.Records.Count(static record => record.IsDuplicate);
            return new AuditReportResult(result.Records.Count - duplicates, duplicates, [.. result.Records.Select(static record => new AuditReportPlace(record.Id, record.Sequence, record.IsDuplicate))]);
        }
        catch (AuditBusyException busy)
        {
            refusals.Refused("audit.queue");
            return new Refusal(StatusCodes.Status503ServiceUnavailable, "audit_busy", "Busy", busy.Message) { RetryAfterSeconds = 1 };
        }
    }

    /// <summary>Where the report came from. Its trace is that of the reporting, not of what happened, so it is left out.</summary>
    private static AuditScope? ScopeOf(AuditScope? asking) => asking is null ? null : new AuditScope
    {
        Source = asking.Source,
        RequestId = asking.RequestId,
        Address = asking.Address,
        Peer = asking.Peer,
        AddressChain = asking.AddressChain,
        UserAgent = asking.UserAgent,
        Principal = asking.Principal,
    };
}
