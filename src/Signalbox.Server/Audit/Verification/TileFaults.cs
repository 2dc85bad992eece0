using System.Globalization;
using Signalbox.Server.Audit.Merkle;

namespace Signalbox.Server.Audit.Verification;

/// <summary>Says what was done to events whose hashes are not those of the tree.</summary>
internal static class TileFaults
{
    /// <summary>The first event that is not as the tree has it, and what that looks like.</summary>
    public static LogFault Payload(ScannedTile tile)
    {
        var (leaves, stored) = (tile.Leaves, tile.Stored!);
        var index = FirstDifference(leaves, stored);
        var sequence = tile.FirstSequence + index;
        var hash = Slot(leaves, index);
        if (index + 1 < tile.Width && leaves.AsSpan((index + 1) * MerkleTree.HashSize).SequenceEqual(stored.AsSpan(index * MerkleTree.HashSize, leaves.Length - ((index + 1) * MerkleTree.HashSize))))
        {
            return new LogFault(sequence, LogFaultKind.RowExtra, string.Create(CultureInfo.InvariantCulture, $"Event {sequence} was never appended: it was put in, and those after it were moved."));
        }

        for (var other = 0; other < tile.Width; other++)
        {
            if (other != index && hash.SequenceEqual(Slot(stored, other)))
            {
                return new LogFault(sequence, LogFaultKind.RowMoved, string.Create(CultureInfo.InvariantCulture, $"Event {sequence}: what stands there belongs to sequence {tile.FirstSequence + other}."));
            }
        }

        return new LogFault(sequence, LogFaultKind.PayloadChanged, string.Create(CultureInfo.InvariantCulture, $"Event {sequence}: its bytes are not those that were appended."));
    }

    public static LogFault Tile(int level, long number, long sequence) =>
        new(sequence, LogFaultKind.TileDiffers, string.Create(CultureInfo.InvariantCulture, $"Tile {number} of level {level} does not have the hashes of its events (from event {sequence} on)."));

    public static LogFault Missing(int level, long number, long sequence) =>
        new(sequence, LogFaultKind.TileMissing, string.Create(CultureInfo.InvariantCulture, $"Tile {number} of level {level} is missing, or has not 256 hashes (from event {sequence} on)."));

    /// <summary>Place of the first hash that differs.</summary>
    public static int FirstDifference(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => left.CommonPrefixLength(right) / MerkleTree.HashSize;

    private static ReadOnlySpan<byte> Slot(byte[] hashes, int index) => hashes.AsSpan(index * MerkleTree.HashSize, MerkleTree.HashSize);
}
