using Signalbox.Server.Audit.Keys;
using Signalbox.Server.Audit.Merkle;
using Signalbox.Server.Audit.Search;
using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Audit.Verification;

namespace Signalbox.Server.Audit.Archives;

/// <summary>What is to be exported of a log: its state now, and a range of it.</summary>
/// <param name="Until">Sequence after the last event.</param>
/// <param name="Times">In milliseconds: from, inclusive, and to, exclusive. Between the first and the last event of a span there may be some of other times.</param>
internal sealed record ExportPlan(LogRow Log, long From, long Until, (long From, long To) Times, IReadOnlyList<KnownKey> Keys);

/// <summary>Exports a tenant's log, or what happened in a span of time.</summary>
/// <param name="reader">Of the log.</param>
/// <param name="keys">Reads the keys of a tenant's log.</param>
internal sealed class LogExport(IAuditReader reader, Func<string, CancellationToken, Task<IReadOnlyList<KnownKey>>> keys)
{
    private const int Page = 1024;

    /// <returns>Null when the tenant has no log.</returns>
    public async Task<ExportPlan?> PlanAsync(string tenant, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancellationToken)
    {
        var row = await reader.ReadAsync(session => LogRows.FindAsync(session, tenant), cancellationToken);
        if (row is null)
        {
            return null;
        }

        var times = (From: from is { } start ? Ceiling(start) : long.MinValue, To: to is { } end ? Ceiling(end) : long.MaxValue);
        var (first, until) = await reader.ReadAsync(session => TimeSpread.FindAsync(session, row, times, EraShape.Default), cancellationToken);
        return new ExportPlan(row, first, until, times, await keys(tenant, cancellationToken));
    }

    /// <summary>Writes the archive: the range widened to whole tiles of 256.</summary>
    public Task WriteArchiveAsync(ExportPlan plan, Stream output, CancellationToken cancellationToken)
    {
        var manifest = new ArchiveManifest
        {
            FormatName = ArchiveManifest.Format,
            Tenant = plan.Log.Tenant,
            Size = plan.Log.Size,
            From = plan.From / MerkleTree.TileWidth * MerkleTree.TileWidth,
            Until = Math.Min(plan.Log.Size, (plan.Until + MerkleTree.TileWidth - 1) / MerkleTree.TileWidth * MerkleTree.TileWidth),
            Keys = [.. plan.Keys.Select(static key => new ArchiveKey(key.Key.ToString(), key.CreatedAt, key.RetiredAt, key.Change))],
        };
        return new ArchiveWriter(new StoredContent(reader, plan.Log.Log)).WriteAsync(manifest, plan.Log.Checkpoint, output, cancellationToken);
    }

    /// <summary>Writes the events alone, one a line.</summary>
    /// <param name="line">Makes the line, without its end, of a record's bytes.</param>
    public async Task WriteLinesAsync(ExportPlan plan, Func<StoredEvent, byte[]> line, Stream output, CancellationToken cancellationToken)
    {
        for (var sequence = plan.From; sequence < plan.Until;)
        {
            var count = (int)Math.Min(Page, plan.Until - sequence);
            var events = await reader.ReadAsync(session => EventRows.ReadAsync(session, plan.Log.Log, sequence, count), cancellationToken);
            foreach (var stored in events.Where(stored => stored.Sequence < plan.Until && stored.TimeMs >= plan.Times.From && stored.TimeMs < plan.Times.To))
            {
                await output.WriteAsync(line(stored), cancellationToken);
                await output.WriteAsync("\n"u8.ToArray(), cancellationToken);
            }

            sequence = events.Count == 0 ? plan.Until : events[^1].Sequence + 1;
        }
    }

    /// <summary>Stored times are whole milliseconds, so a bound between two of them is the later one.</summary>
    private static long Ceiling(DateTimeOffset time)
    {
        var whole = time.ToUnixTimeMilliseconds();
        return DateTimeOffset.FromUnixTimeMilliseconds(whole) < time ? whole + 1 : whole;
    }
}
