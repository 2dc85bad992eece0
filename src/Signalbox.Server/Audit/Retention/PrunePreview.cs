namespace Signalbox.Server.Audit.Retention;

/// <summary>What a retention would delete now.</summary>
/// <param name="Events">How many records; a multiple of 256, because only whole tiles go.</param>
/// <param name="FromSequence">The first of them.</param>
/// <param name="UntilSequence">The first that stays.</param>
/// <param name="From">Time of the first that would go; null when none would.</param>
/// <param name="To">Time of the last that would go; null when none would.</param>
/// <param name="Kept">How many records stay.</param>
/// <param name="CompleteFrom">Time of the first that stays: from there on the log is complete; null for an empty log.</param>
internal sealed record PrunePreview(long Events, long FromSequence, long UntilSequence, DateTimeOffset? From, DateTimeOffset? To, long Kept, DateTimeOffset? CompleteFrom)
{
    public static PrunePreview Nothing { get; } = new(0, 0, 0, null, null, 0, null);

    public long Tiles => Events / Merkle.MerkleTree.TileWidth;
}
