namespace Signalbox.Server.Audit.Keys;

/// <summary>A signing key as the control database has it.</summary>
/// <remarks>A retired key stays with its public half only.</remarks>
internal sealed record KeyRow
{
    public required string Purpose { get; init; }

    /// <summary>From 1 within a purpose.</summary>
    public required long Number { get; init; }

    public required byte[] PublicKey { get; init; }

    /// <summary>Empty once the key is retired.</summary>
    public required byte[] PrivateKey { get; init; }

    public required bool Sealed { get; init; }

    public required long CreatedAtMs { get; init; }

    public long? RetiredAtMs { get; init; }

    public bool IsRetired => RetiredAtMs is not null;
}
