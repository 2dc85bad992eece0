using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;

namespace Signalbox.Runner.Tests.Uploading;

/// <summary>Answers requests one after the other as it was told.</summary>
internal sealed class ScriptedServer(params IReadOnlyList<Func<HttpRequestMessage, HttpResponseMessage>> answers) : HttpMessageHandler
{
    private readonly ConcurrentQueue<(string Request, string? Range, byte[] Body, AuthenticationHeaderValue? Authorization)> _requests = new();
    private readonly ConcurrentQueue<string?> _traces = new();

    /// <summary>What each request said of its trace; null for nothing.</summary>
    public IReadOnlyList<string?> Traces => [.. _traces];

    public IReadOnlyList<(string Request, string? Range, byte[] Body, AuthenticationHeaderValue? Authorization)> Requests => [.. _requests];

    public static Func<HttpRequestMessage, HttpResponseMessage> Json(HttpStatusCode status, string json, string? retryAfter = null) => _ =>
    {
        var response = new HttpResponseMessage(status) { Content = new StringContent(json) };
        if (retryAfter is not null)
        {
            response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        }

        return response;
    };

    public static Func<HttpRequestMessage, HttpResponseMessage> Unreachable { get; } = static _ => throw new HttpRequestException("Connection refused");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        _traces.Enqueue(request.Headers.TryGetValues("traceparent", out var trace) ? string.Join(',', trace) : null);
        _requests.Enqueue(($"{request.Method} {request.RequestUri!.AbsolutePath}", request.Content?.Headers.ContentRange?.ToString(), body, request.Headers.Authorization));
        return answers[Math.Min(_requests.Count, answers.Count) - 1](request);
    }
}
