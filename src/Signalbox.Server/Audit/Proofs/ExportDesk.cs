using System.Globalization;
using System.Text;
using Signalbox.Server.Audit.Archives;
using Signalbox.Server.Audit.Ocsf;
using Signalbox.Server.Audit.Records;
using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Audit.Proofs;

/// <summary>Exports a tenant's log, as an archive that can be verified without a server, as the records alone, or as OCSF events.</summary>
internal sealed class ExportDesk(LogExport export, AuditVocabularies vocabularies, TimeProvider clock)
{
    private const string Archive = "archive";
    private const string Lines = "jsonl";
    private const string Ocsf = "ocsf";
    private const string LinesType = "application/jsonl";

    /// <param name="format">Null for an archive.</param>
    public async Task<Outcome<LogFile>> OpenAsync(string tenant, string? format, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancellationToken)
    {
        if (format is not (null or Archive or Lines or Ocsf))
        {
            return Refusal.Invalid("format", $"'{format}' is not one of {Archive}, {Lines}, {Ocsf}.");
        }

        if (from >= to)
        {
            return Refusal.Invalid("to", "The period ends before it begins.");
        }

        if (await export.PlanAsync(tenant, from, to, cancellationToken) is not { Log.Size: > 0 } plan)
        {
            return ProofDesk.Empty;
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"audit-{tenant}-{clock.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}");
        return format switch
        {
            Lines => new LogFile(name + ".jsonl", LinesType, output => export.WriteLinesAsync(plan, static stored => stored.Body, output, cancellationToken)),
            Ocsf => new LogFile(name + ".ocsf.jsonl", LinesType, output => export.WriteLinesAsync(plan, ToOcsf, output, cancellationToken)),
            _ => new LogFile(name + ".tar.gz", "application/gzip", output => export.WriteArchiveAsync(plan, output, cancellationToken)),
        };
    }

    private byte[] ToOcsf(StoredEvent stored)
    {
        var record = RecordReader.Read(stored.Body);
        var activity = vocabularies.TryFindAction(record.Action, out var action) ? action.Activity : AuditActivity.Other;
        return Encoding.UTF8.GetBytes(OcsfEvent.Of(record, activity, stored.Sequence).ToJsonString());
    }
}

/// <summary>A file that is made while it is sent.</summary>
internal sealed record LogFile(string Name, string Type, Func<Stream, Task> WriteAsync);
