using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Signalbox.Sdk.Audit;

/// <summary>What became of a request.</summary>
internal enum SendOutcome
{
    /// <summary>All of it is in the log.</summary>
    Taken,

    /// <summary>Nothing of it was taken, because of an event in it.</summary>
    Refused,

    /// <summary>To be tried again.</summary>
    Later,
}

/// <summary>The answer to a request.</summary>
/// <param name="RetryAfter">How long the server asks to wait; null when it does not.</param>
internal sealed record SendResult(SendOutcome Outcome, TimeSpan? RetryAfter, string Detail);

/// <summary>Posts batches to a server.</summary>
internal sealed class AuditSender : IDisposable
{
    private const int MaxAnswerBytes = 1024 * 1024;
    private readonly HttpClient _http;
    private readonly AuditClientOptions _options;

    public AuditSender(AuditClientOptions options)
    {
        _options = options;
        // A redirect would take the events, which are nobody else's business, to wherever an answer says.
        _http = options.Handler is null ? new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) : new HttpClient(options.Handler, disposeHandler: false);
        _http.BaseAddress = new Uri(options.Server, "/");
        _http.Timeout = Timeout.InfiniteTimeSpan;
        _http.MaxResponseContentBufferSize = MaxAnswerBytes;
        if (options.UserAgent is { } agent)
        {
            _http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", agent);
        }

        if (options.TraceParent is { } trace)
        {
            _http.DefaultRequestHeaders.TryAddWithoutValidation("traceparent", trace);
        }

        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.Token);
    }

    public async Task<SendResult> SendAsync(IReadOnlyList<PreparedEntry> batch, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(_options.Timeout, _options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            using var content = new ByteArrayContent(Body(batch));
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var response = await _http.PostAsync(new Uri("api/v1/audit/events", UriKind.Relative), content, either.Token);
            var answer = await response.Content.ReadAsStringAsync(either.Token);
            return Read(response, answer, batch.Count);
        }
        catch (HttpRequestException exception)
        {
            return new SendResult(SendOutcome.Later, null, exception.Message);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new SendResult(SendOutcome.Later, null, $"No answer within {_options.Timeout}.");
        }
    }

    public void Dispose() => _http.Dispose();

    private static byte[] Body(IReadOnlyList<PreparedEntry> batch)
    {
        using var body = new MemoryStream();
        body.Write("{\"events\":["u8);
        for (var index = 0; index < batch.Count; index++)
        {
            if (index > 0)
            {
                body.WriteByte((byte)',');
            }

            body.Write(batch[index].Json);
        }

        body.Write("]}"u8);
        return body.ToArray();
    }

    private SendResult Read(HttpResponseMessage response, string answer, int count) => response.StatusCode switch
    {
        HttpStatusCode.OK when IsReceipt(answer, count) => new SendResult(SendOutcome.Taken, null, string.Empty),

        // What says that the caller, the address or the moment is wrong says nothing about the events; they are kept until it is put right.
        HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity =>
            new SendResult(SendOutcome.Refused, null, Detail(response, answer)),
        _ => new SendResult(SendOutcome.Later, RetryAfter(response), Detail(response, answer)),
    };

    private TimeSpan? RetryAfter(HttpResponseMessage response) =>
        response.Headers.RetryAfter?.Delta ?? (response.Headers.RetryAfter?.Date is { } date ? date - _options.Clock.GetUtcNow() : null);

    /// <summary>Whether the answer is that of Signalbox, and not of something in between that says OK to everything.</summary>
    private static bool IsReceipt(string answer, int count)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("accepted", out var accepted)
                && document.RootElement.TryGetProperty("duplicates", out var duplicates)
                && accepted.TryGetInt32(out var taken)
                && duplicates.TryGetInt32(out var known)
                && taken + known == count;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static string Detail(HttpResponseMessage response, string answer)
    {
        const int MaxLength = 2000;
        var text = new StringBuilder().Append((int)response.StatusCode).Append(' ').Append(response.ReasonPhrase);
        return answer.Length == 0 ? text.ToString() : text.Append(": ").Append(answer.AsSpan(0, Math.Min(answer.Length, MaxLength))).ToString();
    }
}
