using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Signalbox.Server.Platform.Leases.Tls;

namespace Signalbox.Server.Platform.Leases.Etcd;

/// <summary>Asks etcd through its JSON gateway, and the next endpoint when one does not answer.</summary>
/// <remarks>A request may reach etcd twice when its first answer was lost; what is asked here is written so that it does not matter. Thread-safe.</remarks>
internal sealed class EtcdClient : IDisposable
{
    private const int MaxAnswerBytes = 1 << 20;

    private readonly HttpClient _http;
    private readonly Uri[] _endpoints;
    private readonly EtcdUser? _user;
    private readonly TimeSpan _limit;
    private readonly ILogger<EtcdClient> _logger;
    private int _current;
    private string? _token;

    public EtcdClient(LeaseOptions options, ILogger<EtcdClient> logger)
    {
        var address = options.Provider;
        _logger = logger;
        _endpoints = [.. address.Endpoints.Select(endpoint => new Uri($"{(address.Tls ? "https" : "http")}://{endpoint}/v3/"))];
        _user = address is { User: { } user, Password: { } password } ? new EtcdUser(user, password) : null;

        // Each endpoint has its share of the time that a call may take, so that one which is silent leaves some for the others.
        _limit = options.Timeout / _endpoints.Length;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = _limit,
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        };
        if (address.AuthorityFile is { } file)
        {
            var authorities = new TrustedAuthorities(file);
            handler.SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, certificate, _, errors) => authorities.Accept(certificate, errors) };
        }

        _http = new HttpClient(handler) { Timeout = _limit, MaxResponseContentBufferSize = MaxAnswerBytes };
    }

    /// <exception cref="EtcdException">etcd refused.</exception>
    /// <exception cref="HttpRequestException">No endpoint answered.</exception>
    public async Task<TAnswer> AskAsync<TRequest, TAnswer>(
        string path, TRequest request, JsonTypeInfo<TRequest> requestType, JsonTypeInfo<TAnswer> answerType, CancellationToken cancellationToken)
    {
        var used = Volatile.Read(ref _token);
        if (_user is not null && used is null)
        {
            used = await SignInAsync(_user, cancellationToken);
        }

        try
        {
            return await SendAsync(path, request, requestType, answerType, used, cancellationToken);
        }
        catch (EtcdException refused) when (_user is not null && IsTokenRefused(refused))
        {
            // Tokens end when they are not used for some minutes, and with the server that gave them.
            used = await SignInAsync(_user, cancellationToken);
            return await SendAsync(path, request, requestType, answerType, used, cancellationToken);
        }
    }

    public void Dispose() => _http.Dispose();

    private static bool IsTokenRefused(EtcdException refused) => refused.Code == EtcdException.Unauthenticated
        || (refused.Code == EtcdException.InvalidArgument && refused.Message.Contains("user name is empty", StringComparison.Ordinal));

    private async Task<string?> SignInAsync(EtcdUser user, CancellationToken cancellationToken)
    {
        var answer = await SendAsync("auth/authenticate", user, EtcdJson.Default.EtcdUser, EtcdJson.Default.EtcdToken, null, cancellationToken);
        Volatile.Write(ref _token, answer.Token);
        return answer.Token;
    }

    private async Task<TAnswer> SendAsync<TRequest, TAnswer>(
        string path, TRequest request, JsonTypeInfo<TRequest> requestType, JsonTypeInfo<TAnswer> answerType, string? token, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(request, requestType);
        var first = Volatile.Read(ref _current);
        for (var tried = 0; ; tried++)
        {
            var index = (first + tried) % _endpoints.Length;
            try
            {
                var answer = await SendToAsync(_endpoints[index], path, body, answerType, token, cancellationToken);
                Volatile.Write(ref _current, index);
                return answer;
            }
            catch (Exception exception) when (IsNoAnswer(exception) && !cancellationToken.IsCancellationRequested && tried < _endpoints.Length - 1)
            {
                _logger.EtcdAway(_endpoints[index], exception);
            }
        }
    }

    /// <summary>Whether another endpoint may do better: this one is away, too slow, or has no leader to turn to.</summary>
    private static bool IsNoAnswer(Exception exception) => exception is HttpRequestException or IOException or OperationCanceledException or EtcdException { Code: EtcdException.Unavailable };

    private async Task<TAnswer> SendToAsync<TAnswer>(Uri endpoint, string path, byte[] body, JsonTypeInfo<TAnswer> answerType, string? token, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(endpoint, path));
        message.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        if (token is not null)
        {
            message.Headers.TryAddWithoutValidation("Authorization", token);
        }

        using var answer = await _http.SendAsync(message, cancellationToken);
        var bytes = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        if (answer.StatusCode != HttpStatusCode.OK)
        {
            throw Refusal(answer.StatusCode, bytes);
        }

        try
        {
            return JsonSerializer.Deserialize(bytes, answerType) ?? throw new JsonException("The answer is null.");
        }
        catch (JsonException exception)
        {
            throw new IOException($"What {endpoint} answers to {path} is not etcd's: {exception.Message}", exception);
        }
    }

    private static Exception Refusal(HttpStatusCode status, byte[] body)
    {
        try
        {
            if (JsonSerializer.Deserialize(body, EtcdJson.Default.EtcdError) is { Message: { } message, Code: var code })
            {
                return new EtcdException(message, code);
            }
        }
        catch (JsonException)
        {
            // Something in between answered; its status says what there is to say.
        }

        return new HttpRequestException($"etcd's gateway answered {(int)status}.", null, status);
    }
}
