using System.Globalization;
using Signalbox.Server.Audit.Archives;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Audit.Proofs;

/// <summary>Exports a tenant's log, as an archive that can be verified without a server, or as the records alone.</summary>
internal sealed class ExportDesk(LogExport export, TimeProvider clock)
{
    private const string Archive = "archive";
    private const string Lines = "jsonl";

    /// <param name="format">Null for an archive.</param>
    public async Task<Outcome<LogFile>> OpenAsync(string tenant, string? format, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancellationToken)
    {
        if (format is not (null or Archive or Lines))
        {
            return Refusal.Invalid("format", $"'{format}' is not one of {Archive}, {Lines}.");
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
        return format is Lines
            ? new LogFile(name + ".jsonl", "application/jsonl", output => export.WriteLinesAsync(plan, static body => body, output, cancellationToken))
            : new LogFile(name + ".tar.gz", "application/gzip", output => export.WriteArchiveAsync(plan, output, cancellationToken));
    }
}

/// <summary>A file that is made while it is sent.</summary>
internal sealed record LogFile(string Name, string Type, Func<Stream, Task> WriteAsync);
