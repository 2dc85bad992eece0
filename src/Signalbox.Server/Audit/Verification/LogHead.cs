using Signalbox.Server.Audit.Keys;

namespace Signalbox.Server.Audit.Verification;

/// <summary>What a source says about its log, before any of it is believed.</summary>
internal sealed record LogHead
{
    public required string Tenant { get; init; }

    /// <summary>Events that were ever appended.</summary>
    public required long Size { get; init; }

    /// <summary>Lowest sequence whose payload is to be there; a multiple of 256 or the size.</summary>
    public required long First { get; init; }

    /// <summary>Sequence after the last payload that is to be there: the size, except in an archive of a part.</summary>
    public required long Until { get; init; }

    /// <summary>Root beside the checkpoint; null where there is none beside it.</summary>
    public byte[]? Root { get; init; }

    /// <summary>The signed note.</summary>
    public required string Checkpoint { get; init; }

    /// <summary>Keys that the source shows, the oldest first.</summary>
    public required IReadOnlyList<KnownKey> Keys { get; init; }

    /// <summary>Sequence of a row beyond the log's end; null when there is none.</summary>
    public long? Extra { get; init; }

    /// <summary>Whether the leaf hashes of payloads that are gone are to be there.</summary>
    public required bool HasAllTiles { get; init; }

    /// <summary>Whether payloads before <see cref="First"/> may be missing only where a record of the log says that they were deleted; not so where they were left out of a part.</summary>
    public bool TellsWhatIsGone { get; init; }

    /// <summary>Checkpoints of the past.</summary>
    public IReadOnlyList<PastCheckpoint> Past { get; init; } = [];
}

/// <summary>A checkpoint that was kept.</summary>
/// <param name="Size">As the source files it.</param>
internal sealed record PastCheckpoint(long Size, string Note);
