using Microsoft.AspNetCore.Http.HttpResults;
using Signalbox.Server.Audit.Proofs;
using Signalbox.Server.Audit.Vocabulary;
using Signalbox.Server.Platform.Access;
using Signalbox.Server.Platform.Audit;

namespace Signalbox.Server.Audit.Keys;

/// <summary>The API that replaces the signing key.</summary>
internal static class KeyEndpoints
{
    public static void MapKeys(this IEndpointRouteBuilder audit) => audit.MapPost("/keys/rotate", RotateAsync).WithTags("Audit proofs").WithName("rotateAuditKey").Audited(AuditVocabulary.KeyRotate, AuditVocabulary.Key)
        .WithSummary("Put a new signing key in the place of the old one; every log records it, so that verifiers who trust the old key follow.");

    private static async Task<Ok<AuditKeyList>> RotateAsync(
        HttpContext context, KeyRotation rotation, AuditKeys keys, CancellationToken cancellationToken)
    {
        var principal = context.Principal();
        var tenant = principal.Tenant.Value;
        await rotation.RunAsync(tenant, AuditActor.Of(principal), cancellationToken);
        return TypedResults.Ok(View((await keys.SignerAsync(cancellationToken)).OriginOf(tenant), await keys.KnownAsync(tenant, cancellationToken)));
    }

    /// <summary>Keys as the API shows them, the newest first.</summary>
    internal static AuditKeyList View(string origin, IReadOnlyList<KnownKey> keys) => new(origin, [.. keys.Reverse().Select(static known => new AuditKeyView(
        known.Key.KeyId.ToString("x8", System.Globalization.CultureInfo.InvariantCulture), known.Key.ToString(), Convert.ToBase64String(known.Key.PublicKey), known.CreatedAt, known.RetiredAt, known.Change))]);
}
