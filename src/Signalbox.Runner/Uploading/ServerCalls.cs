using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Signalbox.Runner.App;

namespace Signalbox.Runner.Uploading;

/// <summary>Sends single requests to the server, and again after a while when the network or the server fails.</summary>
/// <remarks>A request is given up when the time for all of them is over; that is the caller's token.</remarks>
internal sealed class ServerCalls(UploadOptions options, HttpClient http, TimeProvider clock, ILogger logger)
{
    /// <summary>More is read of no answer: the lists of files are short.</summary>
    private const int MostAnswer = 256 * 1024;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestAsked = TimeSpan.FromMinutes(5);

    /// <summary>The trace that the requests belong to, as W3C Trace Context writes it; null for one of the server's own.</summary>
    public string? TraceParent { get; init; }

    /// <param name="content">Makes the body anew for each attempt.</param>
    /// <exception cref="OperationCanceledException">The time is over.</exception>
    /// <exception cref="IOException">The token's file, or what is sent, cannot be read.</exception>
    public async Task<ServerAnswer> SendAsync(HttpMethod method, string path, Func<HttpContent> content, CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        while (true)
        {
            var (answer, asked) = await TryAsync(method, path, content, cancellationToken);
            if (answer.IsSuccess || !IsWorthTrying(answer))
            {
                return answer;
            }

            // Half to whole, so that runners that failed together do not come back together.
            var wait = pause * (0.5 + (RandomNumberGenerator.GetInt32(1000) / 2000.0));
            wait = asked > wait ? (asked < LongestAsked ? asked.Value : LongestAsked) : wait;
            logger.TryingAgain(answer.Failure!, wait.TotalSeconds);
            await Task.Delay(wait, clock, cancellationToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private static bool IsWorthTrying(ServerAnswer answer) => answer.Status is null or >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests;

    private async Task<(ServerAnswer Answer, TimeSpan? RetryAfter)> TryAsync(HttpMethod method, string path, Func<HttpContent> content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(options.Server!, path)) { Content = content() };
        request.Headers.TryAddWithoutValidation("User-Agent", $"cicd-runner/{ProductVersion.Text}");
        if (TraceParent is not null)
        {
            request.Headers.TryAddWithoutValidation("traceparent", TraceParent);
        }

        if (options.Token.Read() is { } token)
        {
            request.Headers.Authorization = HeaderOf(token);
        }

        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            var body = await ReadAsync(response, cancellationToken);
            return (new ServerAnswer(response.StatusCode, body, response.IsSuccessStatusCode ? null : ServerAnswer.FailureOf(response.StatusCode, body)), RetryAfterOf(response));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return (new ServerAnswer(null, [], exception.Message), null);
        }
    }

    /// <summary>A token that cannot stand in a header is no token of any server; the framework's own words would hold it.</summary>
    private static AuthenticationHeaderValue HeaderOf(string token) => token.All(static letter => char.IsAscii(letter) && !char.IsControl(letter))
        ? new AuthenticationHeaderValue("Bearer", token)
        : throw new IOException("The token for the server holds characters that cannot be sent, such as a line break.");

    private static async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[MostAnswer];
        var length = await body.ReadAtLeastAsync(buffer, MostAnswer, throwOnEndOfStream: false, cancellationToken);
        return buffer[..length];
    }

    private TimeSpan? RetryAfterOf(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - clock.GetUtcNow(),
        _ => null,
    };
}
