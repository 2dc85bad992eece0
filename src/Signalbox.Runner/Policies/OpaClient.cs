using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Signalbox.Runner.Policies;

/// <summary>Asks a policy server. Every question is asked anew: an answer may depend on anything.</summary>
/// <remarks>Thread-safe. Source: https://www.openpolicyagent.org/docs/rest-api#get-a-document-with-input</remarks>
internal sealed class OpaClient : IDisposable
{
    /// <summary>Questions at once; more wait, within the time that an answer may take.</summary>
    private const int MaxConcurrent = 8;

    private const int MaxAnswer = 1024 * 1024;
    private const int MaxToken = 65_536;

    private readonly OpaOptions _options;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _turns = new(MaxConcurrent);
    private readonly HttpClient _http;
    private readonly Uri _address;

    public OpaClient(OpaOptions options, TimeProvider clock)
    {
        (_options, _clock) = (options, clock);
        _address = AddressOf(options);
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = !options.Url.IsLoopback, MaxResponseHeadersLength = 64 })
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = MaxAnswer,
        };
    }

    /// <param name="body">JSON with its <c>input</c>.</param>
    /// <param name="within">What is left of the time that a decision may take.</param>
    /// <returns>An answer in every case but the caller's own cancellation.</returns>
    public async Task<OpaAnswer> AskAsync(string body, TimeSpan within, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(within > TimeSpan.Zero ? within : TimeSpan.Zero, _clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            await _turns.WaitAsync(both.Token);
            try
            {
                return await SendAsync(body, both.Token);
            }
            finally
            {
                _turns.Release();
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return OpaAnswer.None(_options.Path, $"The policy server gave no answer within {_options.Timeout.TotalSeconds:0.###} s.");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or UnauthorizedAccessException)
        {
            return OpaAnswer.None(_options.Path, $"The policy server could not be asked: {exception.Message}");
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _turns.Dispose();
    }

    private static Uri AddressOf(OpaOptions options)
    {
        var path = string.Join('/', options.Path.Split('/').Select(Uri.EscapeDataString));
        return new Uri($"{options.Url.GetLeftPart(UriPartial.Path).TrimEnd('/')}/v1/data/{path}?provenance=true");
    }

    private async Task<OpaAnswer> SendAsync(string body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (await TokenAsync(cancellationToken) is { } token)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
        return response.StatusCode == HttpStatusCode.OK
            ? OpaAnswer.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken), _options.Path)
            : OpaAnswer.None(_options.Path, $"The policy server answered with status {(int)response.StatusCode}.");
    }

    /// <summary>Read for each question, since whoever hands tokens out changes them.</summary>
    private async Task<string?> TokenAsync(CancellationToken cancellationToken)
    {
        if (_options.TokenFile is not { } file)
        {
            return null;
        }

        if (new FileInfo(file).Length > MaxToken)
        {
            throw new IOException($"{file} is too large for a token.");
        }

        var token = (await File.ReadAllTextAsync(file, cancellationToken)).Trim();
        return token.Length > 0 && !token.AsSpan().ContainsAnyExceptInRange('!', '~') ? token : throw new IOException($"{file} holds no token.");
    }
}
