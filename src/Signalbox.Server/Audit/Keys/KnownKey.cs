using Signalbox.Server.Audit.Notes;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Audit.Keys;

/// <summary>A key that signs, or signed, the checkpoints of one log.</summary>
/// <param name="Change">The checkpoint over the record that put this key in the place of the one before, signed by both; null for the first key.</param>
internal sealed record KnownKey(VerifierKey Key, DateTimeOffset CreatedAt, DateTimeOffset? RetiredAt, string? Change)
{
    /// <summary>All keys of a tenant's log, the oldest first.</summary>
    /// <param name="configuredOrigin">As set; null for the installation's own name.</param>
    /// <param name="session">Of the control database.</param>
    public static async Task<IReadOnlyList<KnownKey>> ListAsync(ControlSession session, string? configuredOrigin, string tenant)
    {
        if ((configuredOrigin ?? await KeyRows.FindOriginAsync(session)) is not { } origin)
        {
            return [];
        }

        var changes = await KeyRows.ChangesAsync(session, tenant);
        return
        [
            .. (await KeyRows.ListAsync(session, KeyRows.LogPurpose)).Select(row => new KnownKey(
                new VerifierKey($"{origin}/{tenant}", NoteAlgorithm.Ed25519, row.PublicKey),
                DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAtMs),
                row.RetiredAtMs is { } retired ? DateTimeOffset.FromUnixTimeMilliseconds(retired) : null,
                changes.GetValueOrDefault(row.Number))),
        ];
    }
}
