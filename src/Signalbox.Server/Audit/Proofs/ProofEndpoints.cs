using Microsoft.AspNetCore.Http.HttpResults;
using Signalbox.Server.Platform.Access;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Audit.Proofs;

/// <summary>The API of checkpoints, proofs and tiles.</summary>
internal static class ProofEndpoints
{
    private const string Bytes = "application/octet-stream";

    public static void MapProofs(this IEndpointRouteBuilder audit)
    {
        var proofs = audit.MapGroup(string.Empty).WithTags("Audit proofs");
        proofs.MapGet("/checkpoint", CheckpointAsync).WithName("getAuditCheckpoint").Produces<string>(StatusCodes.Status200OK, "text/plain")
            .WithSummary("Read the signed checkpoint of this tenant's audit log, its size and the root of its Merkle tree, with the cosignatures of witnesses that it has; cosigned=true for the newest one that has any.");
        proofs.MapGet("/proof/inclusion", InclusionAsync).WithName("proveAuditInclusion").WithSummary("Prove that a record is in the log (RFC 6962), also one that was deleted when its retention was over.");
        proofs.MapGet("/proof/consistency", ConsistencyAsync).WithName("proveAuditConsistency").WithSummary("Prove that the log of one size is the beginning of the log of another size (RFC 6962): nothing was changed, nothing taken away.");
        proofs.MapGet("/keys", KeysAsync).WithName("listAuditKeys").WithSummary("List the keys that sign this tenant's checkpoints, and those that did; keep them where whoever runs this server cannot change them.");
        proofs.MapGet("/tile/{level:int}/{**index}", TileAsync).WithName("getAuditTile").Produces<byte[]>(StatusCodes.Status200OK, Bytes)
            .WithSummary("Read up to 256 hashes of the tree, as C2SP's tlog-tiles has them: index is such as x001/234, with .p/WIDTH for a tile that is not full.");
        proofs.MapGet("/tile/entries/{**index}", EntriesAsync).WithName("getAuditEntries").Produces<byte[]>(StatusCodes.Status200OK, Bytes)
            .WithSummary("Read up to 256 records as they are stored, each after its length in two bytes, as C2SP's tlog-tiles has them.");
        proofs.MapGet("/export", ExportAsync).WithName("exportAuditLog").Produces<byte[]>(StatusCodes.Status200OK, "application/gzip")
            .WithSummary("Export the log, or what happened in a period: as an archive (format=archive, default) that signalbox audit verify checks without a server, as the stored records, one a line (format=jsonl), or as OCSF events, one a line (format=ocsf).");
    }

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> CheckpointAsync(HttpContext context, CheckpointDesk desk, bool? cosigned, CancellationToken cancellationToken)
    {
        context.Response.Headers.CacheControl = "no-store";
        return (await desk.ReadAsync(context.Principal().Tenant.Value, cosigned ?? false, cancellationToken)).ToResult(context, static note => TypedResults.Text(note, "text/plain; charset=utf-8"));
    }

    private static async Task<Results<Ok<AuditInclusionProof>, ProblemHttpResult>> InclusionAsync(
        HttpContext context, ProofDesk desk, [AsParameters] InclusionProofQuery asked, CancellationToken cancellationToken) =>
        (await desk.InclusionAsync(context.Principal().Tenant.Value, asked, cancellationToken)).ToResult(context, TypedResults.Ok);

    private static async Task<Results<Ok<AuditConsistencyProof>, ProblemHttpResult>> ConsistencyAsync(HttpContext context, ProofDesk desk, long? from, long? to, CancellationToken cancellationToken) =>
        (await desk.ConsistencyAsync(context.Principal().Tenant.Value, from, to, cancellationToken)).ToResult(context, TypedResults.Ok);

    private static async Task<Ok<AuditKeyList>> KeysAsync(HttpContext context, ProofDesk desk, CancellationToken cancellationToken) =>
        TypedResults.Ok(await desk.KeysAsync(context.Principal().Tenant.Value, cancellationToken));

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> TileAsync(HttpContext context, TileDesk desk, int level, string index, CancellationToken cancellationToken) =>
        Immutable(context, await desk.TileAsync(context.Principal().Tenant.Value, level, index, cancellationToken), index);

    /// <remarks>No cache keeps them: records that are deleted when their retention is over must be gone.</remarks>
    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> EntriesAsync(HttpContext context, TileDesk desk, string index, CancellationToken cancellationToken) =>
        (await desk.EntriesAsync(context.Principal().Tenant.Value, index, cancellationToken)).ToResult(context, static bytes => TypedResults.Bytes(bytes, Bytes));

    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> ExportAsync(
        HttpContext context, ExportDesk desk, string? format, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancellationToken) =>
        (await desk.OpenAsync(context.Principal().Tenant.Value, format, from, to, cancellationToken)).ToResult(context, static file => TypedResults.Stream(file.WriteAsync, file.Type, file.Name));

    private static Results<FileContentHttpResult, ProblemHttpResult> Immutable(HttpContext context, Outcome<byte[]> outcome, string index)
    {
        if (outcome is Outcome<byte[]>.Done)
        {
            // What is in a tile never changes; a partial one is only of use until there is a wider one. No proxy may keep it: it is for this tenant alone.
            context.Response.Headers.CacheControl = index.Contains(".p/", StringComparison.Ordinal) ? "private, max-age=60" : "private, max-age=31536000, immutable";
            context.Response.Headers.Vary = "Authorization, Cookie, X-Scope-OrgID";
        }

        return outcome.ToResult(context, static bytes => TypedResults.Bytes(bytes, Bytes));
    }
}
