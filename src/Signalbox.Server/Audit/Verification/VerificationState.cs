using System.Text.Json;
using Signalbox.Server.Audit.Merkle;
using Signalbox.Server.Audit.Notes;
using Signalbox.Server.Platform;

namespace Signalbox.Server.Audit.Verification;

/// <summary>What a verifier remembers of a log: the last state that it found right, and whose signature it trusts.</summary>
/// <remarks>To be kept where whoever could change the log cannot change it.</remarks>
internal sealed record VerificationState
{
    public required int Version { get; init; }

    public required string Origin { get; init; }

    public required long Size { get; init; }

    /// <summary>32 bytes in base64.</summary>
    public required string RootHash { get; init; }

    /// <summary>Roots of the whole subtrees of the full tiles, from the largest to the smallest, in base64.</summary>
    public required string Subtrees { get; init; }

    /// <summary>The signed note that was verified.</summary>
    public required string Checkpoint { get; init; }

    /// <summary>Sequence up to which the log has said that payloads were deleted.</summary>
    public long PrunedUntil { get; init; }

    /// <summary>New keys that records of the log tell of: the proof of a change may come after the record of it was verified, and then rests on it.</summary>
    /// <remarks>Null in what was remembered before such records were.</remarks>
    public IReadOnlyList<AnnouncedKey>? Announced { get; init; }

    /// <summary>The keys that are trusted, as <c>name+id+key</c>.</summary>
    public required IReadOnlyList<string> Keys { get; init; }

    /// <returns>Null when there is no file.</returns>
    /// <exception cref="StartupException">The file cannot be read, or is not such a file.</exception>
    public static async Task<VerificationState?> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            if (!File.Exists(file))
            {
                return null;
            }

            var state = JsonSerializer.Deserialize(await File.ReadAllBytesAsync(file, cancellationToken), VerificationJson.Default.VerificationState);
            if (state is not { Version: 1, Size: >= 0 } || state.Announced?.Any(static key => key?.Key is null) == true || state.Tree() is null || Base64Text.Decode(state.RootHash) is not { Length: MerkleTree.HashSize })
            {
                throw new StartupException($"{file} is not a state of a verification by this program.");
            }

            _ = state.VerifierKeys();
            return state;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or NoteFormatException)
        {
            throw new StartupException($"The state of earlier verifications cannot be read from {file}: {exception.Message}", exception);
        }
    }

    /// <summary>Writes the file whole or not at all.</summary>
    /// <exception cref="StartupException">It cannot be written.</exception>
    public async Task WriteAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            var draft = file + ".new";
            await File.WriteAllBytesAsync(draft, JsonSerializer.SerializeToUtf8Bytes(this, VerificationJson.Default.VerificationState), cancellationToken);
            File.Move(draft, file, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The state of the verification cannot be written to {file}: {exception.Message}", exception);
        }
    }

    public IReadOnlyList<VerifierKey> VerifierKeys() => [.. Keys.Select(VerifierKey.Parse)];

    public byte[] Root() => Base64Text.Decode(RootHash)!;

    /// <summary>The tree of the full tiles, a leaf for each tile; null when the text is not one.</summary>
    public CompactRange? Tree()
    {
        var tiles = Size / MerkleTree.TileWidth;
        return Base64Text.Decode(Subtrees) is { } hashes && hashes.Length == System.Numerics.BitOperations.PopCount((ulong)tiles) * MerkleTree.HashSize
            ? CompactRange.Restore(tiles, hashes)
            : null;
    }
}
