using System.Globalization;
using Signalbox.Server.Audit.Merkle;
using Signalbox.Server.Audit.Notes;

namespace Signalbox.Server.Audit.Verification;

/// <summary>Proves that a log is what was signed: every event, every hash, every checkpoint; or names the first event that is not.</summary>
/// <param name="given">Keys to trust; empty to take those of the state, or else to believe the log the first time.</param>
/// <param name="isFull">Whether to read again what an earlier verification found right.</param>
internal sealed class LogVerifier(ILogSource source, IReadOnlyList<VerifierKey> given, bool isFull = false)
{
    private const int TilesAtOnce = 256;

    private readonly FaultList _faults = new();

    /// <summary>Sequence up to which payloads went while they were read.</summary>
    private long _gone;

    /// <param name="state">What an earlier verification found; null where there was none.</param>
    /// <param name="progress">Takes the number of events checked so far, on any thread.</param>
    /// <returns>The report, and what to remember; the latter is null when anything is wrong.</returns>
    public async Task<(VerificationReport Report, VerificationState? State)> RunAsync(VerificationState? state, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var (report, found) = await PassAsync(state, isFull, progress, cancellationToken);
        for (var gone = 0L; found is not null && _gone > gone;)
        {
            // The record that allows it may be newer than the state that was read: what came since has to show it, under a signature of its own.
            gone = _gone;
            var (more, later) = await PassAsync(found, isWhole: false, progress: null, cancellationToken);
            report = more with { Since = report.Since, Checked = report.Checked + more.Checked, PastCheckpoints = report.PastCheckpoints + more.PastCheckpoints, KeysOnFirstUse = report.KeysOnFirstUse };
            found = later;
        }

        return (report, found);
    }

    private async Task<(VerificationReport Report, VerificationState? State)> PassAsync(VerificationState? state, bool isWhole, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        // What went in an earlier pass has to be told of by the end of this one; what goes in this one, by the end of the next.
        var gone = _gone;
        var head = await source.HeadAsync(cancellationToken);
        var chain = new KeyChain(given.Count > 0 ? given : state?.VerifierKeys() ?? [], head.Keys);
        var (note, checkpoint) = Open(head, state);
        if (head.Extra is { } extra)
        {
            _faults.Add(new LogFault(extra, LogFaultKind.RowExtra, string.Create(CultureInfo.InvariantCulture, $"Event {extra} was never appended: the log has {head.Size} events.")));
        }

        var earlier = state is not null && state.Size <= head.Size ? state : null;
        var since = isWhole ? null : earlier;
        var past = PastCheckpoints.Read(head, since?.Size ?? 0, _faults);
        var start = (since?.Size ?? 0) / MerkleTree.TileWidth;
        var full = head.Size / MerkleTree.TileWidth;
        long[] sizes = [.. new[] { head.Size, earlier?.Size ?? 0 }.Concat(chain.Sizes).Concat(past.Sizes).Where(size => size <= head.Size).Distinct().Order()];
        var trace = new TreeTrace(start, full, since?.Tree() ?? CompactRange.Restore(0, []), sizes);
        var events = new EventCheck(trace, _faults, progress);
        await ReadAsync(head, trace, events, start, cancellationToken);
        _gone = Math.Max(_gone, events.GoneUntil);

        byte[]? Root(long size) => trace.Roots([size]).Select(static found => found.Root).FirstOrDefault();
        bool IsRight() => checkpoint is not null && Root(head.Size).AsSpan().SequenceEqual(checkpoint.Root);
        var levels = new LevelCheck(source, _faults);
        await events.SettleAsync(tile => levels.ArbiterAsync(tile, cancellationToken), IsRight);
        if (start == 0)
        {
            await levels.RunAsync(trace.RootsOf(0, (int)full).ToArray(), cancellationToken);
        }

        var roots = trace.Roots(sizes).ToDictionary(static found => found.Size, static found => found.Root);
        AnnouncedKey[] announced = [.. (earlier?.Announced ?? []).Concat(events.Announced).Distinct().OrderBy(static key => key.Sequence)];
        chain.Follow(announced, size => roots.GetValueOrDefault(size), since?.Size ?? 0);
        var good = past.Compare(roots, chain, _faults);
        CheckHead(head, note, checkpoint, chain, IsRight() ? null : good);
        CheckState(earlier, roots);
        var pruned = Math.Max(state?.PrunedUntil ?? 0, events.PrunedUntil);
        CheckFirst(head, Math.Max(head.First, gone), pruned);
        return (Report(head, checkpoint, chain, events, since, past), Remember(checkpoint, chain, trace, pruned, head, announced));
    }

    private (SignedNote? Note, Checkpoint? Checkpoint) Open(LogHead head, VerificationState? state)
    {
        try
        {
            var note = SignedNote.Parse(head.Checkpoint);
            var checkpoint = Checkpoint.Parse(note.Text);
            if (checkpoint.Size != head.Size || (head.Root is { } root && !root.AsSpan().SequenceEqual(checkpoint.Root)))
            {
                Wrong(Math.Min(head.Size, checkpoint.Size), LogFaultKind.CheckpointWrong, $"The log says that it has {head.Size} events, and its checkpoint speaks of {checkpoint.Size}, or of another root.");
            }

            if (state is not null && checkpoint.Origin != state.Origin)
            {
                Wrong(0, LogFaultKind.CheckpointWrong, $"The checkpoint is of the log {checkpoint.Origin}; what was verified before is {state.Origin}.");
            }

            if (state is not null && head.Size < state.Size)
            {
                Wrong(head.Size, LogFaultKind.LogShorter, $"The log has {head.Size} events; it had {state.Size} when it was verified before.");
            }

            return (note, checkpoint);
        }
        catch (NoteFormatException exception)
        {
            Wrong(0, LogFaultKind.CheckpointWrong, $"The checkpoint is not one: {exception.Message}");
            return (null, null);
        }
    }

    /// <summary>Goes through all tiles: those whose events are gone by their hashes alone, the others by their events.</summary>
    private async Task ReadAsync(LogHead head, TreeTrace trace, EventCheck events, long start, CancellationToken cancellationToken)
    {
        var from = Math.Max(start, head.First / MerkleTree.TileWidth);
        var until = head.Until;
        await TakeHashesAsync(head, trace, start, Math.Min(from, head.Size / MerkleTree.TileWidth), cancellationToken);
        await source.ScanAsync(Math.Min(from * MerkleTree.TileWidth, until), until, events.Take, cancellationToken);

        if (until < head.Size)
        {
            await TakeHashesAsync(head, trace, Math.Max(start, until / MerkleTree.TileWidth), head.Size / MerkleTree.TileWidth, cancellationToken);
            var (edge, width) = TileBuilder.Edge(head.Size, 0);
            if (width > 0)
            {
                TakeTile(trace, 0, edge, (await source.TilesAsync(0, edge, 1, cancellationToken))[0], width);
            }
        }
    }

    private async Task TakeHashesAsync(LogHead head, TreeTrace trace, long from, long until, CancellationToken cancellationToken)
    {
        for (var first = from; first < until;)
        {
            if (head.HasAllTiles)
            {
                var count = (int)Math.Min(TilesAtOnce, until - first);
                var tiles = await source.TilesAsync(0, first, count, cancellationToken);
                for (var i = 0; i < count; i++)
                {
                    TakeTile(trace, 0, first + i, tiles[i], MerkleTree.TileWidth);
                }

                first += count;
                continue;
            }

            var number = first / MerkleTree.TileWidth;
            var end = Math.Min(until, (number + 1) * MerkleTree.TileWidth);
            var hashes = (await source.TilesAsync(1, number, 1, cancellationToken))[0];
            for (; first < end; first++)
            {
                var at = (int)(first % MerkleTree.TileWidth) * MerkleTree.HashSize;
                if (hashes is null || hashes.Length < at + MerkleTree.HashSize)
                {
                    _faults.Add(TileFaults.Missing(1, number, first * MerkleTree.TileWidth));
                    first = end;
                    break;
                }

                trace.NoteRoot(first, hashes.AsSpan(at, MerkleTree.HashSize));
            }
        }
    }

    private void TakeTile(TreeTrace trace, int level, long number, byte[]? tile, int width)
    {
        if (tile is null || tile.Length != width * MerkleTree.HashSize)
        {
            _faults.Add(TileFaults.Missing(level, number, number * MerkleTree.TileWidth));
            return;
        }

        trace.Note(number, tile);
    }

    /// <param name="good">Size of the last checkpoint that the tree agrees with; null when it agrees with the newest.</param>
    private void CheckHead(LogHead head, SignedNote? note, Checkpoint? checkpoint, KeyChain chain, long? good)
    {
        if (note is null || checkpoint is null)
        {
            return;
        }

        if (good is { } size && _faults.Count == 0)
        {
            Wrong(Math.Min(size, Math.Max(0, head.Size - 1)), LogFaultKind.RootDiffers, size == 0
                ? "The tree of the events has another root than the checkpoint."
                : $"The tree of the events has another root than the checkpoint; events before {size} are as an earlier checkpoint has them.");
        }

        try
        {
            if (note.Verify(chain.Current.Where(key => key.Name == checkpoint.Origin)).Count == 0)
            {
                Wrong(head.Size, LogFaultKind.KeyUnknown, chain.Current.Any(key => key.Name == checkpoint.Origin)
                    ? $"The checkpoint of size {head.Size} is not signed by the key that has to sign it."
                    : $"No key is trusted for the log {checkpoint.Origin}.");
            }
        }
        catch (NoteFormatException exception)
        {
            Wrong(head.Size, LogFaultKind.SignatureWrong, $"The checkpoint of size {head.Size}: {exception.Message}");
        }
    }

    private void CheckState(VerificationState? earlier, Dictionary<long, byte[]> roots)
    {
        if (earlier is { Size: > 0 } && !roots.GetValueOrDefault(earlier.Size).AsSpan().SequenceEqual(earlier.Root()))
        {
            Wrong(earlier.Size / MerkleTree.TileWidth * MerkleTree.TileWidth, LogFaultKind.RootDiffers, $"The first {earlier.Size} events are no longer those that were verified before.");
        }
    }

    /// <summary>Payloads may be gone only as far as the log itself says so: otherwise whoever deletes them would only have to move its beginning.</summary>
    private void CheckFirst(LogHead head, long first, long pruned)
    {
        if (head.TellsWhatIsGone && first > pruned)
        {
            Wrong(pruned, LogFaultKind.RowMissing, $"Events from {pruned} to {first - 1} are gone, and no record of the log says that they were deleted.");
        }
    }

    private VerificationReport Report(LogHead head, Checkpoint? checkpoint, KeyChain chain, EventCheck events, VerificationState? since, PastCheckpoints past) => new()
    {
        Tenant = head.Tenant,
        Origin = checkpoint?.Origin ?? string.Empty,
        Size = head.Size,
        RootHash = checkpoint is null ? string.Empty : Convert.ToBase64String(checkpoint.Root),
        CompleteFrom = head.First,
        Since = since?.Size,
        Checked = events.Checked,
        PastCheckpoints = past.Count,
        Keys = [.. chain.Current.Select(static key => key.ToString())],
        KeysOnFirstUse = chain.IsFirstUse,
        FaultCount = _faults.Count,
        Faults = _faults.ToList(),
    };

    private VerificationState? Remember(Checkpoint? checkpoint, KeyChain chain, TreeTrace trace, long pruned, LogHead head, AnnouncedKey[] announced) => _faults.Count > 0 || checkpoint is null
        ? null
        : new VerificationState
        {
            Version = 1,
            Origin = checkpoint.Origin,
            Size = checkpoint.Size,
            RootHash = Convert.ToBase64String(checkpoint.Root),
            Subtrees = Convert.ToBase64String(trace.Subtrees(head.Size / MerkleTree.TileWidth)),
            Checkpoint = head.Checkpoint,
            PrunedUntil = pruned,
            Announced = announced,
            Keys = [.. chain.Current.Select(static key => key.ToString())],
        };

    private void Wrong(long sequence, LogFaultKind kind, string message) => _faults.Add(new LogFault(sequence, kind, message));
}
