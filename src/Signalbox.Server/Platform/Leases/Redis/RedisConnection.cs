using System.Net;
using Signalbox.Server.Platform.Leases.Tls;
using StackExchange.Redis;

namespace Signalbox.Server.Platform.Leases.Redis;

/// <summary>The one connection to Redis that all leases of the process share; it comes back by itself.</summary>
internal sealed class RedisConnection(LeaseOptions options, ILogger<RedisConnection> logger) : IAsyncDisposable
{
    private const int KeepAliveSeconds = 5;
    private const int ReconnectMilliseconds = 500;

    private ConnectionMultiplexer? _multiplexer;

    /// <exception cref="InvalidOperationException">Not started.</exception>
    public IDatabase Database => (_multiplexer ?? throw new InvalidOperationException("The connection to Redis was not started.")).GetDatabase();

    /// <summary>Connects, or begins to try: a Redis that is away makes leases unavailable, not the server.</summary>
    public async Task StartAsync()
    {
        var milliseconds = (int)options.Timeout.TotalMilliseconds;
        var address = options.Provider;
        var configuration = new ConfigurationOptions
        {
            AbortOnConnectFail = false,
            ConnectTimeout = milliseconds,
            SyncTimeout = milliseconds,
            ResponseTimeout = milliseconds,
            KeepAlive = KeepAliveSeconds,
            ReconnectRetryPolicy = new LinearRetry(ReconnectMilliseconds),
            ClientName = "signalbox",
            Ssl = address.Tls,
            SslHost = address.Tls ? address.Endpoints[0].Host : null,
            Password = address.Password,
            DefaultDatabase = address.Number,
            TieBreaker = string.Empty,
            ConfigurationChannel = string.Empty,
        };
        foreach (var endpoint in address.Endpoints)
        {
            configuration.EndPoints.Add(IPAddress.TryParse(endpoint.Host, out var ip) ? new IPEndPoint(ip, endpoint.Port) : new DnsEndPoint(endpoint.Host, endpoint.Port));
        }

        if (address.AuthorityFile is { } file)
        {
            var authorities = new TrustedAuthorities(file);
            configuration.CertificateValidation += (_, certificate, _, errors) => authorities.Accept(certificate, errors);
        }

        _multiplexer = await ConnectionMultiplexer.ConnectAsync(configuration);
        _multiplexer.ConnectionFailed += (_, failure) => logger.RedisLost(failure.FailureType.ToString(), failure.Exception);
        _multiplexer.ConnectionRestored += (_, _) => logger.RedisRestored();
        if (!_multiplexer.IsConnected)
        {
            logger.RedisAway(address.ToString());
        }
    }

    public ValueTask DisposeAsync()
    {
        // Nobody waits for an answer by now, and waiting for the farewell's own would take as long as a call may.
        _multiplexer?.Close(allowCommandsToComplete: false);
        _multiplexer?.Dispose();
        return ValueTask.CompletedTask;
    }
}
