using System.Globalization;
using Signalbox.Server.Audit.Records;
using Signalbox.Server.Audit.Vocabulary;
using Signalbox.Server.Platform.Audit;

namespace Signalbox.Server.Audit.Sequencing;

/// <summary>Makes the record that stands in the place of events that were lost.</summary>
internal sealed class GapRecords(RecordWriter writer)
{
    private static readonly AuditScope Scope = new() { Source = "system", Loop = "audit.sequencer", Principal = AuditActor.System };

    public PreparedRecord Of(Loss loss) => writer.Prepare(
        new AuditEvent(loss.Tenant, AuditActor.System, AuditVocabulary.Gap, new AuditResource(AuditVocabulary.Log, loss.Tenant, loss.Tenant))
            .With("count", loss.Count)
            .With("from", Text(loss.From))
            .With("to", Text(loss.To))
            .With("reason", loss.Reason)
            with
        { Id = loss.Id },
        Scope);

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
