using System.Globalization;
using Signalbox.Server.Audit.Notes;

namespace Signalbox.Server.Audit.Verification;

/// <summary>The checkpoints that were kept, to be compared with the tree as it is today.</summary>
internal sealed class PastCheckpoints
{
    private readonly List<(SignedNote Note, Checkpoint Checkpoint)> _read = [];

    private PastCheckpoints()
    {
    }

    public int Count => _read.Count;

    public IEnumerable<long> Sizes => _read.Select(static past => past.Checkpoint.Size);

    /// <param name="from">Smaller ones were compared by an earlier verification.</param>
    public static PastCheckpoints Read(LogHead head, long from, FaultList faults)
    {
        var checkpoints = new PastCheckpoints();
        foreach (var past in head.Past.Where(past => past.Size >= from).OrderBy(static past => past.Size))
        {
            try
            {
                var note = SignedNote.Parse(past.Note);
                var checkpoint = Checkpoint.Parse(note.Text);
                if (checkpoint.Size != past.Size)
                {
                    throw new NoteFormatException($"it speaks of {checkpoint.Size} events.");
                }

                if (checkpoint.Size > head.Size)
                {
                    faults.Add(new LogFault(head.Size, LogFaultKind.LogShorter, string.Create(CultureInfo.InvariantCulture, $"The log has {head.Size} events; a checkpoint of {checkpoint.Size} was signed before.")));
                    continue;
                }

                checkpoints._read.Add((note, checkpoint));
            }
            catch (NoteFormatException exception)
            {
                faults.Add(new LogFault(past.Size, LogFaultKind.CheckpointWrong, string.Create(CultureInfo.InvariantCulture, $"The checkpoint kept for size {past.Size} is not one: {exception.Message}")));
            }
        }

        return checkpoints;
    }

    /// <returns>The largest size at which the tree agrees, before the first at which it does not.</returns>
    public long Compare(Dictionary<long, byte[]> roots, KeyChain chain, FaultList faults)
    {
        var keys = chain.All;
        Parallel.ForEach(_read, past =>
        {
            if (!KeyChain.IsSignedBy(past.Note, keys))
            {
                faults.Add(new LogFault(past.Checkpoint.Size, LogFaultKind.SignatureWrong, string.Create(CultureInfo.InvariantCulture, $"The checkpoint kept for size {past.Checkpoint.Size} is not signed by a key that is trusted.")));
            }
        });

        var good = 0L;
        foreach (var (_, checkpoint) in _read)
        {
            if (!roots.TryGetValue(checkpoint.Size, out var root))
            {
                continue;
            }

            if (!root.AsSpan().SequenceEqual(checkpoint.Root))
            {
                if (faults.Count == 0)
                {
                    faults.Add(new LogFault(good, LogFaultKind.RootDiffers, string.Create(CultureInfo.InvariantCulture, $"The first {checkpoint.Size} events have another root than their checkpoint; those before {good} are as an earlier one has them.")));
                }

                return good;
            }

            good = checkpoint.Size;
        }

        return good;
    }
}
