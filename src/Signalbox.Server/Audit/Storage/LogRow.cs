namespace Signalbox.Server.Audit.Storage;

/// <summary>One tenant's log as it stands.</summary>
internal sealed record LogRow
{
    public required int Log { get; init; }

    public required string Tenant { get; init; }

    /// <summary>Number of events that were ever appended; the next sequence.</summary>
    public required long Size { get; init; }

    /// <summary>Lowest sequence whose payload is kept.</summary>
    public required long First { get; init; }

    /// <summary>Root of the tree over all <see cref="Size"/> events, 32 bytes.</summary>
    public required byte[] Root { get; init; }

    /// <summary>The signed note for <see cref="Size"/>.</summary>
    public required string Checkpoint { get; init; }

    /// <summary>When the last batch was appended.</summary>
    public required long TimeMs { get; init; }
}
