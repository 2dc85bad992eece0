namespace Signalbox.Server.Audit.Configuration;

/// <summary>How long a tenant's audit log is kept, and what is kept of it now.</summary>
internal sealed record AuditConfiguration
{
    /// <summary>Such as 90d; whole days.</summary>
    public required string Retention { get; init; }

    public required int RetentionDays { get; init; }

    /// <summary>What applies where nobody chose, such as 90d.</summary>
    public required string DefaultRetention { get; init; }

    /// <summary>Null while nobody chose.</summary>
    public required DateTimeOffset? ChangedAt { get; init; }

    public required string? ChangedBy { get; init; }

    /// <summary>Records entered since the log began: the size of the Merkle tree.</summary>
    public required long Size { get; init; }

    /// <summary>The first record whose content is kept; of those before it only their hashes are.</summary>
    public required long FirstSequence { get; init; }

    /// <summary>When the first kept record was taken; null for an empty log.</summary>
    public required DateTimeOffset? FirstTime { get; init; }
}

/// <summary>Changes how long a tenant's audit log is kept.</summary>
internal sealed record ChangeAuditConfiguration
{
    /// <summary>Whole days, such as 90d or P90D.</summary>
    public required string Retention { get; init; }
}

/// <summary>What a retention would remove if it held now.</summary>
internal sealed record AuditRetentionPreview
{
    public required string Retention { get; init; }

    /// <summary>Records that would go.</summary>
    public required long Events { get; init; }

    /// <summary>Whole tiles of 256 records; nothing smaller is removed.</summary>
    public required long Tiles { get; init; }

    /// <summary>Null when nothing would go.</summary>
    public required long? FirstSequence { get; init; }

    /// <summary>Inclusive.</summary>
    public required long? LastSequence { get; init; }

    public required DateTimeOffset? From { get; init; }

    public required DateTimeOffset? To { get; init; }

    /// <summary>Records that would stay.</summary>
    public required long Kept { get; init; }

    /// <summary>The record from which on the log would be complete.</summary>
    public required long CompleteFromSequence { get; init; }

    /// <summary>When that was taken; null for an empty log.</summary>
    public required DateTimeOffset? CompleteFrom { get; init; }
}
