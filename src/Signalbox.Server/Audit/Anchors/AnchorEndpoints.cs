using Microsoft.AspNetCore.Http.HttpResults;
using Signalbox.Server.Audit.Vocabulary;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.OpenApi;

namespace Signalbox.Server.Audit.Anchors;

/// <summary>The API of the witness.</summary>
internal static class AnchorEndpoints
{
    private const int LargestRequest = 64 << 10;

    public static void MapWitness(this IEndpointRouteBuilder audit)
    {
        var witness = audit.MapGroup("/witness").WithTags("Audit witness");
        witness.MapGet(string.Empty, KeyAsync).WithName("getAuditWitness").WithSummary("Read the key under which this server cosigns the checkpoints of other logs (audit.witness.logs).");
        witness.MapPost("/add-checkpoint", AddAsync).WithName("witnessAuditCheckpoint").WithMetadata(new OpenToEverybody()).AuditedInSummary(AuditVocabulary.CheckpointWitness, AuditVocabulary.Checkpoint).Accepts<string>("text/plain").Produces<string>(StatusCodes.Status200OK, "text/plain")
            .WithSummary("Have a checkpoint of a known log cosigned, as C2SP's tlog-witness has it: no token, the log's signature is what counts.");
    }

    private static async Task<Ok<AuditWitnessView>> KeyAsync(Witness witness, CancellationToken cancellationToken)
    {
        var key = await witness.KeyAsync(cancellationToken);
        return TypedResults.Ok(new AuditWitnessView(key.Name, key.ToString()));
    }

    private static async Task<ContentHttpResult> AddAsync(HttpRequest request, Witness witness, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        var buffer = new byte[8192];
        int count;
        while ((count = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (body.Length + count > LargestRequest)
            {
                return TypedResults.Text($"The request has more than {LargestRequest} bytes.\n", "text/plain; charset=utf-8", statusCode: StatusCodes.Status413PayloadTooLarge);
            }

            body.Write(buffer, 0, count);
        }

        var answer = await witness.AddCheckpointAsync(body.ToArray(), cancellationToken);
        return TypedResults.Text(answer.Body, answer.ContentType, statusCode: answer.Status);
    }
}

/// <summary>This server as a witness.</summary>
/// <param name="VerifierKey">As <c>name+id+key</c>, for the anchors of other servers.</param>
internal sealed record AuditWitnessView(string Name, string VerifierKey);
