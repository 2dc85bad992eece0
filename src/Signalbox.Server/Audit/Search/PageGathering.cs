using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Audit.Search;

/// <summary>Reads candidates and keeps those that really are what is asked for, until the page is full.</summary>
internal sealed class PageGathering(ControlSession session, int log, QueryPlan plan, int limit)
{
    private const int MostAtOnce = 256;

    private readonly RecordMatch _match = new(plan);
    private readonly List<StoredEvent> _found = [];

    public bool OldestFirst => plan.OldestFirst;

    /// <summary>One more than the page holds was found, so it is known that there is a next one.</summary>
    public bool IsFull => _found.Count > limit;

    /// <param name="candidates">Of eras that follow each other, the first one first; null for none.</param>
    public async Task AddAsync(EraBits?[] candidates, long firstEra, EraShape shape)
    {
        var sequences = new List<long>();
        for (var step = 0; step < candidates.Length && !IsFull; step++)
        {
            var place = OldestFirst ? step : candidates.Length - 1 - step;
            if (candidates[place] is not { } bits)
            {
                continue;
            }

            var first = shape.FirstOf(firstEra + place);
            var offset = OldestFirst ? bits.NextUp(0) : bits.NextDown(bits.Length - 1);
            while (offset >= 0 && !IsFull)
            {
                sequences.Add(first + offset);
                if (sequences.Count >= Math.Min(MostAtOnce, limit + 1 - _found.Count))
                {
                    await CheckAsync(sequences);
                }

                offset = OldestFirst ? bits.NextUp(offset + 1) : bits.NextDown(offset - 1);
            }
        }

        await CheckAsync(sequences);
    }

    /// <param name="next">Where the next page begins if this one is not full.</param>
    public EventPage Finish(long? next)
    {
        if (!IsFull)
        {
            return new EventPage(_found, next);
        }

        _found.RemoveRange(limit, _found.Count - limit);
        return new EventPage(_found, _found[^1].Sequence);
    }

    private async Task CheckAsync(List<long> sequences)
    {
        if (sequences.Count == 0)
        {
            return;
        }

        var events = await EventRows.ReadManyAsync(session, log, sequences);
        sequences.Clear();
        _found.AddRange((OldestFirst ? events : events.Reverse()).Where(stored => _match.Holds(stored.TimeMs, stored.Body)));
    }
}
