using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Audit.Search;

/// <summary>Makes terms of events that are in the database already.</summary>
internal static class EraLoader
{
    private const int RowsAtOnce = 1024;

    /// <summary>Adds the events from where <paramref name="view"/> ends up to but not including <paramref name="untilSequence"/>, which lies in its era or at its end.</summary>
    /// <remarks>Events whose payload is gone keep their place, without terms.</remarks>
    public static async Task<EraView> ExtendAsync(ControlSession session, int log, EraView view, long untilSequence, EraShape shape)
    {
        var next = shape.FirstOf(view.Era) + view.Count;
        while (next < untilSequence)
        {
            var wanted = (int)Math.Min(RowsAtOnce, untilSequence - next);
            var events = await EventRows.ReadAsync(session, log, next, wanted);
            var builder = new TermSegmentBuilder(wanted);
            foreach (var stored in events)
            {
                if (stored.Sequence >= untilSequence)
                {
                    break;
                }

                builder.AddMissing((int)(stored.Sequence - next), stored.TimeMs);
                builder.Add(stored.TimeMs, stored.Body);
                next = stored.Sequence + 1;
            }

            if (events.Count < wanted || events[^1].Sequence >= untilSequence)
            {
                builder.AddMissing((int)(untilSequence - next), events.Count > 0 ? events[^1].TimeMs : 0);
                next = untilSequence;
            }

            view = view.With(builder.Build());
        }

        return view;
    }
}
