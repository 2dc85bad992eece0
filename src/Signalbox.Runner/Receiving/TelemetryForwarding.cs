using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Signalbox.Runner.Metrics;

namespace Signalbox.Runner.Receiving;

/// <summary>Sends what an agent told on to the receivers that the run is configured with: the same bytes under the same content type.</summary>
internal sealed class TelemetryForwarding : IRunPublisher, IDisposable
{
    /// <summary>Bytes that a body takes while it waits, beside its own.</summary>
    private const int Overhead = 256;

    private readonly Channel<(OtlpTarget Target, OtlpBody Body)> _queue =
        Channel.CreateUnbounded<(OtlpTarget Target, OtlpBody Body)>(new UnboundedChannelOptions { SingleReader = true });

    private readonly IReadOnlyList<OtlpTarget> _targets;
    private readonly OtlpSender _sender;
    private readonly ReceiverBounds _bounds;
    private readonly ReceiverCounts _counts;
    private readonly ForwardingSurroundings _surroundings;
    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<OtlpSignal> _notTaken = [];
    private readonly Task _running;
    private long _waiting;
    private string? _lastFailure;

    public TelemetryForwarding(IReadOnlyList<OtlpTarget> targets, OtlpSender sender, ReceiverBounds bounds, ReceiverCounts counts, ForwardingSurroundings surroundings)
    {
        _targets = targets;
        _sender = sender;
        _bounds = bounds;
        _counts = counts;
        _surroundings = surroundings;
        _running = Task.Run(RunAsync);
    }

    public string Name => "The agent's telemetry";

    /// <summary>Takes a body to be sent; one that has no room is counted.</summary>
    public void Add(OtlpSignal signal, OtlpBody body)
    {
        if (_targets.FirstOrDefault(target => target.Signal == signal) is not { } found)
        {
            return;
        }

        if (Interlocked.Add(ref _waiting, WeightOf(body)) > _bounds.MaxQueueBytes || !_queue.Writer.TryWrite((found, body)))
        {
            Interlocked.Add(ref _waiting, -WeightOf(body));
            _counts.CountNotForwarded();
        }
    }

    /// <summary>Sends what still waits, as long as there is time.</summary>
    public async Task<PublishResult> PublishAsync(RunPublication run, CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        try
        {
            await _running.WaitAsync(cancellationToken);
        }
        finally
        {
            await _stop.CancelAsync();
            while (_queue.Reader.TryRead(out _))
            {
                _counts.CountNotForwarded();
            }
        }

        return _counts.NotForwarded == 0
            ? new PublishResult(Name, PublishOutcome.Taken)
            : new PublishResult(Name, PublishOutcome.Failed, $"{_counts.NotForwarded} of its messages were not forwarded. {_lastFailure}".TrimEnd());
    }

    public void Dispose() => _stop.Cancel();

    /// <summary>An empty body takes room too.</summary>
    private static int WeightOf(OtlpBody body) => body.Bytes.Length + Overhead;

    private async Task RunAsync()
    {
        try
        {
            await foreach (var (target, body) in _queue.Reader.ReadAllAsync(_stop.Token))
            {
                await SendAsync(target, body);
                Interlocked.Add(ref _waiting, -WeightOf(body));
            }
        }
        catch (OperationCanceledException)
        {
            // What still waits is counted by whoever stopped it.
        }
    }

    private async Task SendAsync(OtlpTarget target, OtlpBody body)
    {
        if (_notTaken.Contains(target.Signal))
        {
            return;
        }

        using var late = new CancellationTokenSource(_bounds.ForwardTimeout, _surroundings.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, _stop.Token);
        try
        {
            var result = await _sender.SendAsync(target, body, either.Token);
            switch (result.Outcome)
            {
                case PublishOutcome.Taken:
                    _counts.CountForwarded();
                    break;
                case PublishOutcome.NotSupported:
                    _notTaken.Add(target.Signal);
                    _surroundings.Logger.SignalNotTaken(target.Signal, target.Address.Host, result.Detail ?? string.Empty);
                    break;
                default:
                    _lastFailure = result.Detail;
                    _counts.CountNotForwarded();
                    break;
            }
        }
        catch (OperationCanceledException)
        {
            _lastFailure = "The receiver did not answer in time.";
            _counts.CountNotForwarded();
        }
    }
}

/// <summary>What forwarding needs of the program around it.</summary>
internal sealed record ForwardingSurroundings(TimeProvider Clock, ILogger Logger);
