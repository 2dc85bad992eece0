namespace Signalbox.Server.Audit.Verification;

/// <summary>What a verification found.</summary>
internal sealed record VerificationReport
{
    public bool Ok => FaultCount == 0;

    public required string Tenant { get; init; }

    public required string Origin { get; init; }

    /// <summary>Events that were ever appended, as the checkpoint says.</summary>
    public required long Size { get; init; }

    /// <summary>In base64.</summary>
    public required string RootHash { get; init; }

    /// <summary>Sequence from which the log is complete; of what is before only hashes are kept.</summary>
    public required long CompleteFrom { get; init; }

    /// <summary>Size up to which an earlier verification had found it right; null for a full one.</summary>
    public long? Since { get; init; }

    /// <summary>Events whose bytes were hashed this time.</summary>
    public required long Checked { get; init; }

    /// <summary>Checkpoints of the past that were compared with the tree.</summary>
    public required int PastCheckpoints { get; init; }

    /// <summary>The keys that are trusted, as <c>name+id+key</c>.</summary>
    public required IReadOnlyList<string> Keys { get; init; }

    /// <summary>Whether the keys were taken from the log itself, because none was known.</summary>
    public required bool KeysOnFirstUse { get; init; }

    /// <summary>The first event that something is wrong with; null when nothing is.</summary>
    public long? FirstBad => Faults.Count == 0 ? null : Faults[0].Sequence;

    public required long FaultCount { get; init; }

    /// <summary>At most 100, in order of sequence.</summary>
    public required IReadOnlyList<LogFault> Faults { get; init; }
}
