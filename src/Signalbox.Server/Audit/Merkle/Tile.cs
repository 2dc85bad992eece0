namespace Signalbox.Server.Audit.Merkle;

/// <summary>256 neighbouring hashes of a tree, each the root of 256^level leaves.</summary>
/// <param name="Level">0 for leaf hashes.</param>
/// <param name="Number">Its place within the level, from 0.</param>
/// <param name="Hashes">8,192 bytes.</param>
/// <remarks>Source: https://c2sp.org/tlog-tiles</remarks>
internal sealed record Tile(int Level, long Number, byte[] Hashes);
