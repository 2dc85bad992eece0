using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Signalbox.Server.Audit.Records;
using Signalbox.Server.Audit.Search;
using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Audit.Events;

/// <summary>Shows records: pages of them, and one with everything that is kept of it.</summary>
internal sealed class EventDesk(EventSearch search, AuditDatabase database)
{
    public static Refusal NotFound { get; } = Refusal.NotFound("event_not_found", "There is no such event in this tenant's audit log.");

    public static Refusal Pruned { get; } = new(
        StatusCodes.Status410Gone, "event_pruned", "Gone", "This event was deleted when its retention was over. Its hash is kept, and it still counts in the tree and its proofs.");

    public async Task<Outcome<AuditEntryList>> ListAsync(string tenant, EventListQuery asked, CancellationToken cancellationToken)
    {
        var read = EventQueryReader.Read(asked);
        if (read is not Outcome<EventQuery>.Done { Value: var query })
        {
            return ((Outcome<EventQuery>.Refused)read).Refusal;
        }

        return EventQueryReader.ReadCursor(asked.After) switch
        {
            Outcome<long?>.Done { Value: var after } => await ListAsync(tenant, query, Paging.Limit(asked.Limit), after, cancellationToken),
            var refused => ((Outcome<long?>.Refused)refused).Refusal,
        };
    }

    public async Task<Outcome<AuditEntryDetail>> FindAsync(string tenant, string id, CancellationToken cancellationToken) => await ReadAsync(tenant, id, cancellationToken) switch
    {
        Outcome<StoredEvent>.Done { Value: var stored } => EntryReader.ReadDetail(stored, AfterOf(stored)),
        var refused => ((Outcome<StoredEvent>.Refused)refused).Refusal,
    };

    /// <param name="id">A UUID, or a sequence in decimal.</param>
    public async Task<Outcome<StoredEvent>> ReadAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        if (Guid.TryParseExact(id, "D", out var uuid))
        {
            return await search.FindAsync(tenant, uuid.ToString("D"), cancellationToken) is { } found ? found : NotFound;
        }

        return long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            ? await database.ReadAsync<Outcome<StoredEvent>>(
                async session => await LogRows.FindAsync(session, tenant) is not { } log || sequence >= log.Size ? NotFound
                    : sequence < log.First ? Pruned
                    : await EventRows.ReadAsync(session, log.Log, sequence, 1) is [var stored] && stored.Sequence == sequence ? stored
                    : NotFound,
                cancellationToken)
            : NotFound;
    }

    private async Task<AuditEntryList> ListAsync(string tenant, EventQuery query, int limit, long? after, CancellationToken cancellationToken)
    {
        var page = await search.RunAsync(tenant, query, limit, after, cancellationToken);
        return new AuditEntryList([.. page.Items.Select(EntryReader.Read)], page.Next?.ToString(CultureInfo.InvariantCulture));
    }

    private static JsonElement? AfterOf(StoredEvent stored)
    {
        JsonNode? after;
        try
        {
            after = RecordReader.Read(stored.Body).After();
        }
        catch (FormatException)
        {
            // Somebody altered it; the rest is shown as it is.
            return null;
        }

        return after is null ? null : JsonSerializer.SerializeToElement(after, AuditJson.Default.JsonNode);
    }
}
