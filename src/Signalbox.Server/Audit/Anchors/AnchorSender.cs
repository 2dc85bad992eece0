using System.Globalization;
using System.Net;
using System.Text;
using Signalbox.Server.Audit.Archives;
using Signalbox.Server.Audit.Merkle;
using Signalbox.Server.Audit.Notes;
using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Audit.Anchors;

/// <summary>Brings one checkpoint to one place.</summary>
internal sealed class AnchorSender(AuditDatabase audit, ControlDatabase control, IHttpClientFactory clients, TimeProvider clock)
{
    public const string ClientName = "audit-anchors";

    private const int MostAnswer = 64 << 10;

    /// <summary>In characters, of an answer that goes into the server's log.</summary>
    private const int LongestTold = 200;

    /// <param name="before">Size that the place took last; 0 when that is not known.</param>
    /// <exception cref="IOException">The place did not take it, or cannot be reached.</exception>
    public Task SendAsync(AnchorTarget target, LogRow log, long before, CancellationToken cancellationToken) => target switch
    {
        AnchorTarget.FileTarget file => AppendAsync(file, log, cancellationToken),
        AnchorTarget.WebhookTarget webhook => PostAsync(webhook, log, cancellationToken),
        AnchorTarget.WitnessTarget witness => CosignAsync(witness, log, before, cancellationToken),
        _ => throw new InvalidOperationException("An anchor is a file, a webhook or a witness."),
    };

    private static async Task AppendAsync(AnchorTarget.FileTarget file, LogRow log, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(file.Path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(log.Checkpoint + "\n"), cancellationToken);
        stream.Flush(flushToDisk: true);
    }

    private async Task PostAsync(AnchorTarget.WebhookTarget webhook, LogRow log, CancellationToken cancellationToken)
    {
        var body = Encoding.UTF8.GetBytes(log.Checkpoint);
        using var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "text/plain; charset=utf-8");
        if (webhook.SigningKey is { } key)
        {
            AnchorSignature.Add(request, key, string.Create(CultureInfo.InvariantCulture, $"audit-{log.Tenant}-{log.Size}"), clock.GetUtcNow(), body);
        }

        var (status, _) = await SendAsync(request, cancellationToken);
        if ((int)status is < 200 or > 299)
        {
            throw new IOException(string.Create(CultureInfo.InvariantCulture, $"it answered {(int)status}."));
        }
    }

    private async Task CosignAsync(AnchorTarget.WitnessTarget witness, LogRow log, long before, CancellationToken cancellationToken)
    {
        var proofs = new ProofBuilder(new StoredContent(audit, log.Log), log.Size);
        var (status, answer) = await AskAsync(witness, proofs, log, before, cancellationToken);
        if (status == HttpStatusCode.Conflict && Checkpoint.TryParseSize(answer.TrimEnd('\n'), out var known) && known != before && known <= log.Size)
        {
            // The witness knows better than we do, for example after a restart here.
            (status, answer) = await AskAsync(witness, proofs, log, known, cancellationToken);
        }

        if (status != HttpStatusCode.OK)
        {
            throw new IOException(string.Create(CultureInfo.InvariantCulture, $"it answered {(int)status}: {Told(answer)}"));
        }

        await KeepAsync(witness, log, answer, cancellationToken);
    }

    private async Task<(HttpStatusCode Status, string Body)> AskAsync(AnchorTarget.WitnessTarget witness, ProofBuilder proofs, LogRow log, long old, CancellationToken cancellationToken)
    {
        var proof = await proofs.ConsistencyAsync(old, log.Size, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, witness.Url.ToString().TrimEnd('/') + "/add-checkpoint")
        {
            Content = new StringContent(WitnessRequest.Write(old, proof, log.Checkpoint), Encoding.UTF8, "text/plain"),
        };
        return await SendAsync(request, cancellationToken);
    }

    private async Task KeepAsync(AnchorTarget.WitnessTarget witness, LogRow log, string answer, CancellationToken cancellationToken)
    {
        NoteSignature cosignature;
        try
        {
            var note = SignedNote.Parse(log.Checkpoint);
            var signed = SignedNote.Parse(note.Text + "\n" + answer);
            if (signed.Verify([witness.Key]).Count == 0)
            {
                throw new IOException("its answer holds no cosignature of the key that is expected.");
            }

            cosignature = signed.Signatures.First(signature => signature.Name == witness.Key.Name && signature.KeyId == witness.Key.KeyId);
        }
        catch (NoteFormatException exception)
        {
            throw new IOException(exception.Message, exception);
        }

        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        await audit.WriteAsync(session => CheckpointRows.AddAsync(session, log.Log, new CheckpointRow { Size = log.Size, TimeMs = log.TimeMs, Note = log.Checkpoint }), cancellationToken);
        await control.WriteAsync(session => CosignatureRows.AddAsync(session, log.Tenant, log.Size, witness.Key.Name, cosignature.Line(), now), cancellationToken);
    }

    private async Task<(HttpStatusCode Status, string Body)> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            using var client = clients.CreateClient(ClientName);
            using var response = await client.SendAsync(request, cancellationToken);

            // Whatever character set it claims, made-up ones included.
            return (response.StatusCode, Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(cancellationToken)));
        }
        catch (HttpRequestException exception)
        {
            throw new IOException(exception.Message, exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException("it did not answer in time.", exception);
        }
    }

    private static string Told(string answer) => answer.Trim() is { Length: > LongestTold } text ? string.Concat(text.AsSpan(0, LongestTold), "…") : answer.Trim();

    /// <summary>Bounds what a place may answer.</summary>
    public static void Configure(HttpClient client, AnchorOptions options)
    {
        client.Timeout = options.Timeout;
        client.MaxResponseContentBufferSize = MostAnswer;
    }
}
