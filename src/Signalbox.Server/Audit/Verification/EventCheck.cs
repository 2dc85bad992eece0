using Signalbox.Server.Audit.Merkle;

namespace Signalbox.Server.Audit.Verification;

/// <summary>Takes the events as they are read, and compares their hashes with those that are kept.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class EventCheck(TreeTrace trace, FaultList faults, IProgress<long>? progress)
{
    /// <summary>Tiles whose two sides are kept to find out which of them is right; where there are more, the events are blamed.</summary>
    private const int MostDisputed = 1000;

    private readonly SortedDictionary<long, ScannedTile> _disputed = [];
    private readonly List<AnnouncedKey> _announced = [];
    private readonly Lock _gate = new();
    private long _checked;

    public long Checked => Volatile.Read(ref _checked);

    /// <summary>New keys that records tell of.</summary>
    public IReadOnlyList<AnnouncedKey> Announced => _announced;

    /// <summary>Sequence up to which records say that payloads were deleted.</summary>
    public long PrunedUntil { get; private set; }

    /// <summary>Sequence up to which payloads went while they were read; 0 where none did.</summary>
    public long GoneUntil { get; private set; }

    public void Take(ScannedTile tile)
    {
        foreach (var fault in tile.Faults)
        {
            faults.Add(fault);
        }

        if (tile.Announced is not null || tile.PrunedUntil > 0 || tile.IsGone)
        {
            lock (_gate)
            {
                GoneUntil = tile.IsGone ? Math.Max(GoneUntil, tile.FirstSequence + tile.Width) : GoneUntil;
                _announced.AddRange(tile.Announced ?? []);
                PrunedUntil = Math.Max(PrunedUntil, tile.PrunedUntil);
            }
        }

        if (tile.Stored is not { } stored || stored.Length != tile.Leaves.Length)
        {
            faults.Add(TileFaults.Missing(0, tile.Number, tile.FirstSequence));
            trace.Note(tile.Number, tile.Leaves);
        }
        else if (tile.IsGone)
        {
            trace.Note(tile.Number, stored);
            return;
        }
        else if (tile.IsComplete && stored.AsSpan().SequenceEqual(tile.Leaves))
        {
            trace.Note(tile.Number, tile.Leaves);
        }
        else
        {
            Dispute(tile, stored);
        }

        var done = Interlocked.Add(ref _checked, tile.Width);
        progress?.Report(done);
    }

    /// <summary>Finds out whether events or hashes were changed.</summary>
    /// <param name="arbiter">The root of a tile according to the level above; null when that has none.</param>
    /// <param name="isRight">Whether the tree, as it is traced now, has the root that was signed.</param>
    public async Task SettleAsync(Func<long, Task<byte[]?>> arbiter, Func<bool> isRight)
    {
        var open = new List<ScannedTile>();
        foreach (var tile in _disputed.Values)
        {
            if (await arbiter(tile.Number) is not { } root)
            {
                open.Add(tile);
            }
            else if (root.AsSpan().SequenceEqual(MerkleTree.SubtreeRoot(tile.Leaves)))
            {
                BlameTile(tile);
            }
            else
            {
                faults.Add(TileFaults.Payload(tile));
            }
        }

        if (open.Count == 0)
        {
            return;
        }

        // Under the right edge there is no level above to ask; the signed root knows, if only one side was changed.
        open.ForEach(tile => trace.Note(tile.Number, tile.Leaves));
        if (isRight())
        {
            open.ForEach(BlameTile);
            return;
        }

        open.ForEach(tile => trace.Note(tile.Number, tile.Stored));
        open.ForEach(tile => faults.Add(TileFaults.Payload(tile)));
    }

    private void Dispute(ScannedTile tile, byte[] stored)
    {
        // What is kept beside the events stands for them, so that the levels above show no faults that are only this one's.
        trace.Note(tile.Number, stored);
        if (!tile.IsComplete)
        {
            return;
        }

        lock (_gate)
        {
            _disputed[tile.Number] = tile;
            if (_disputed.Count > MostDisputed)
            {
                var last = _disputed.Keys.Last();
                faults.Add(TileFaults.Payload(_disputed[last]));
                _disputed.Remove(last);
            }
        }
    }

    private void BlameTile(ScannedTile tile)
    {
        trace.Note(tile.Number, tile.Leaves);
        faults.Add(TileFaults.Tile(0, tile.Number, tile.FirstSequence + TileFaults.FirstDifference(tile.Leaves, tile.Stored)));
    }
}
