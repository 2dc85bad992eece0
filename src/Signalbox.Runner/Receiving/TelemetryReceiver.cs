using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Signalbox.Runner.Metrics;

namespace Signalbox.Runner.Receiving;

/// <summary>Takes an agent's own telemetry by OTLP over HTTP on a loopback port, keeps it, and has it forwarded.</summary>
/// <remarks>Whoever does not know the run's secret, which is part of the address, is answered as if there were nothing: other users of the machine reach the port, too.</remarks>
internal sealed class TelemetryReceiver : IAsyncDisposable
{
    private const string JsonType = "application/json";
    private const string ProtobufType = "application/x-protobuf";
    private const int Attempts = 20;

    private readonly HttpListener _listener;
    private readonly byte[] _secret;
    private readonly TelemetryFile _file;
    private readonly TelemetryForwarding? _forwarding;
    private readonly ReceiverSurroundings _surroundings;
    private readonly SemaphoreSlim _working;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private int _fileFailed;

    private TelemetryReceiver((HttpListener Listener, int Port) listening, TelemetryFile file, TelemetryForwarding? forwarding, ReceiverSurroundings surroundings)
    {
        _listener = listening.Listener;
        var secret = RandomNumberGenerator.GetHexString(32, lowercase: true);
        _secret = Encoding.ASCII.GetBytes(secret);
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{listening.Port}/{secret}"));
        _file = file;
        _forwarding = forwarding;
        _surroundings = surroundings;
        _working = new SemaphoreSlim(surroundings.Bounds.MaxConcurrent);
        _accepting = Task.Run(AcceptAsync);
    }

    /// <summary>What the agent's environment names as its endpoint; it holds the secret.</summary>
    public Uri Address { get; }

    public ReceiverCounts Counts => _surroundings.Counts;

    /// <summary>Sends on what still waits; null when nothing is forwarded.</summary>
    public IRunPublisher? Forwarding => _forwarding;

    /// <summary>Begins to listen.</summary>
    /// <returns>Null when no port could be had; the run goes on without.</returns>
    public static TelemetryReceiver? TryStart(TelemetryFile file, TelemetryForwarding? forwarding, ReceiverSurroundings surroundings)
    {
        try
        {
            var listening = Listen();
            surroundings.Logger.Receiving(listening.Port);
            return new TelemetryReceiver(listening, file, forwarding, surroundings);
        }
        catch (Exception exception) when (exception is HttpListenerException or SocketException or PlatformNotSupportedException)
        {
            surroundings.Logger.NotReceiving(exception.Message);
            return null;
        }
    }

    /// <summary>Lets requests that have begun end, and takes no more; the file is whole afterwards.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        using var late = new CancellationTokenSource(_surroundings.Bounds.StopTimeout, _surroundings.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            for (var free = 0; free < _surroundings.Bounds.MaxConcurrent; free++)
            {
                await _working.WaitAsync(either.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Whoever still sends has had its time.
        }

        await _stop.CancelAsync();
        _listener.Close();
        await _accepting;
        _file.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        _forwarding?.Dispose();
    }

    /// <summary>The listener cannot choose a port itself; one that was free a moment ago may be taken, so several are tried.</summary>
    private static (HttpListener Listener, int Port) Listen()
    {
        for (var attempt = 1; ; attempt++)
        {
            int port;
            using (var probe = new TcpListener(IPAddress.Loopback, 0))
            {
                probe.Start();
                port = ((IPEndPoint)probe.LocalEndpoint).Port;
            }

            var listener = new HttpListener { IgnoreWriteExceptions = true };
            listener.Prefixes.Add(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/"));
            try
            {
                listener.Start();
                return (listener, port);
            }
            catch (HttpListenerException) when (attempt < Attempts)
            {
                listener.Close();
            }
        }
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                await _working.WaitAsync(_stop.Token);
                _ = Task.Run(() => HandleAsync(context), CancellationToken.None);
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
            {
                // A connection that broke off, or the end.
            }
        }
    }

    private async Task HandleAsync(HttpListenerContext context)
    {
        try
        {
            var (status, body) = await AnswerAsync(context.Request);
            context.Response.StatusCode = status;
            context.Response.ContentType = context.Request.ContentType?.StartsWith(ProtobufType, StringComparison.OrdinalIgnoreCase) == true ? ProtobufType : JsonType;

            // What was refused unread must not be taken for the beginning of a next request.
            context.Response.KeepAlive = status == (int)HttpStatusCode.OK;
            context.Response.Close(context.Response.ContentType == JsonType ? Encoding.UTF8.GetBytes(body) : [], willBlock: false);
        }
        catch (Exception exception) when (exception is HttpListenerException or IOException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            // The agent has gone away in the middle of its request; there is nobody to answer.
            context.Response.Abort();
        }
        finally
        {
            _working.Release();
        }
    }

    private async Task<(int Status, string Body)> AnswerAsync(HttpListenerRequest request)
    {
        if (SignalOf(request) is not { } signal)
        {
            Counts.CountStranger();
            return (404, "{}");
        }

        var type = request.ContentType?.Split(';')[0].Trim().ToLowerInvariant();
        var encoding = request.Headers["Content-Encoding"]?.Trim().ToLowerInvariant() is { Length: > 0 } named and not "identity" ? named : null;
        if (request.HttpMethod != "POST" || type is not (JsonType or ProtobufType) || encoding is not (null or "gzip"))
        {
            Counts.CountRefused();
            return (request.HttpMethod == "POST" ? 415 : 405, """{"message":"POST application/json or application/x-protobuf, plain or with gzip."}""");
        }

        var max = _surroundings.Bounds.MaxBodyBytes;
        if (request.ContentLength64 > max || await TelemetryBody.ReadAsync(request.InputStream, max, _stop.Token) is not { } body)
        {
            Counts.CountTooLarge();
            return (413, """{"message":"The body is larger than is taken."}""");
        }

        try
        {
            if (type == JsonType)
            {
                if (await TelemetryBody.UnpackAsync(body, encoding, max, _stop.Token) is not { } plain)
                {
                    Counts.CountTooLarge();
                    return (413, """{"message":"The body unpacks to more than is taken."}""");
                }

                Keep(signal, plain);
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException or InvalidOperationException)
        {
            Counts.CountRefused();
            return (400, """{"message":"The body is not what its type and encoding say."}""");
        }

        Counts.CountTaken();
        _forwarding?.Add(signal, new OtlpBody(body, type, encoding));
        return (200, "{}");
    }

    private void Keep(OtlpSignal signal, byte[] body)
    {
        try
        {
            _file.Keep(signal, body, _surroundings.Clock.GetUtcNow());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A full disk must not keep the telemetry from being forwarded.
            Counts.CountNotKept();
            if (Interlocked.Exchange(ref _fileFailed, 1) == 0)
            {
                _surroundings.Logger.NotKept(exception.Message);
            }
        }
    }

    /// <summary>The signal that the path names, to whoever knows the secret.</summary>
    private OtlpSignal? SignalOf(HttpListenerRequest request)
    {
        var parts = request.Url?.AbsolutePath.Trim('/').Split('/') ?? [];
        return parts.Length == 3 && parts[1] == "v1" && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(parts[0]), _secret)
            ? parts[2] switch
            {
                "metrics" => OtlpSignal.Metrics,
                "traces" => OtlpSignal.Traces,
                "logs" => OtlpSignal.Logs,
                _ => null,
            }
            : null;
    }
}

/// <summary>What a receiver needs of the program around it.</summary>
internal sealed record ReceiverSurroundings(ReceiverBounds Bounds, ReceiverCounts Counts, TimeProvider Clock, ILogger Logger);
