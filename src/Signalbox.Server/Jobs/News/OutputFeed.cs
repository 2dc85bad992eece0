using System.Text.Json;
using Signalbox.Server.Jobs.History;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Live;

namespace Signalbox.Server.Jobs.News;

/// <summary>Reads what one execution wrote since the last look, and publishes it.</summary>
internal sealed class OutputFeed(ControlDatabase database, LiveHub hub)
{
    /// <summary>Pieces of output in one event.</summary>
    private const int Most = 200;

    /// <summary>In characters, of one event.</summary>
    private const int LargestEvent = 64 * 1024;

    /// <returns>The last sequence number told.</returns>
    public async Task<long> RunAsync(LiveTopic topic, string executionId, long after, CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync(session => OutputQuery.ListAsync(session, executionId, after, Most), cancellationToken);
        var items = new List<OutputItem>();
        var size = 0;
        foreach (var row in rows)
        {
            if (items.Count > 0 && size + row.Text.Length > LargestEvent)
            {
                Publish(topic, executionId, items);
                items = [];
                size = 0;
            }

            items.Add(row.ToItem());
            size += row.Text.Length;
        }

        if (items.Count > 0)
        {
            Publish(topic, executionId, items);
        }

        return rows.Count > 0 ? rows[^1].Seq : after;
    }

    private void Publish(LiveTopic topic, string executionId, List<OutputItem> items) =>
        hub.Publish(topic.Tenant, [topic.Topic], "output", JsonSerializer.Serialize(new OutputNews(executionId, items), JobsJson.Default.OutputNews));
}
