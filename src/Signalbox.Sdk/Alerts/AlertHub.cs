using Microsoft.Extensions.Logging;

namespace Signalbox.Sdk.Alerts;

/// <summary>Hands alerts to those who registered for their type, each alert once in a while.</summary>
/// <remarks>
/// An alert of the same type and subject as one that was passed on within <see cref="AlertHubOptions.RepeatAfter"/> is dropped and counted. A handler that fails is logged and counted and
/// stops no other. Handlers of one alert run side by side. Thread-safe.
/// </remarks>
/// <example><code>
/// var alerts = new AlertHub();
/// alerts.Register("performance_warning", async (alert, cancellationToken) => await pager.TellAsync(alert.Message, cancellationToken));
/// </code></example>
public sealed partial class AlertHub
{
    private readonly Lock _gate = new();
    private readonly AlertHubOptions _options;
    private readonly Dictionary<string, List<Func<Alert, CancellationToken, Task>>> _handlers = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Type, string Subject), DateTimeOffset> _last = [];
    private readonly Queue<Alert> _history = new();
    private long _repeated;
    private long _failed;

    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public AlertHub(AlertHubOptions? options = null)
    {
        _options = options ?? new AlertHubOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.RepeatAfter, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.HistoryLength, 0);
    }

    /// <summary>The alerts passed on last, oldest first; at most <see cref="AlertHubOptions.HistoryLength"/>.</summary>
    public IReadOnlyList<Alert> History
    {
        get
        {
            lock (_gate)
            {
                return [.. _history];
            }
        }
    }

    /// <summary>Alerts dropped because one like them had been passed on shortly before.</summary>
    public long Repeated => Interlocked.Read(ref _repeated);

    /// <summary>Calls of handlers that threw.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <param name="type">Of the alerts that the handler wants; <c>*</c> for all.</param>
    /// <returns>Takes the handler out again when it is disposed of.</returns>
    public IDisposable Register(string type, Func<Alert, CancellationToken, Task> handler)
    {
        ArgumentException.ThrowIfNullOrEmpty(type);
        ArgumentNullException.ThrowIfNull(handler);
        lock (_gate)
        {
            if (!_handlers.TryGetValue(type, out var list))
            {
                _handlers[type] = list = [];
            }

            list.Add(handler);
        }

        return new Registration(this, type, handler);
    }

    /// <summary>Passes an alert on and waits for its handlers.</summary>
    /// <returns>False when it was dropped as a repetition.</returns>
    /// <exception cref="OperationCanceledException">The caller did not want to wait any longer.</exception>
    public async Task<bool> TriggerAsync(Alert alert, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(alert);
        if (Admit(alert) is not { } handlers)
        {
            Interlocked.Increment(ref _repeated);
            return false;
        }

        await Task.WhenAll(handlers.Select(handler => CallAsync(handler, alert, cancellationToken)));
        return true;
    }

    /// <returns>Null for a repetition.</returns>
    private List<Func<Alert, CancellationToken, Task>>? Admit(Alert alert)
    {
        lock (_gate)
        {
            var key = (alert.Type, alert.Subject);
            if (_last.TryGetValue(key, out var last) && IsShort(alert.At - last))
            {
                return null;
            }

            Forget(alert.At);
            _last[key] = alert.At;
            if (_options.HistoryLength > 0)
            {
                if (_history.Count >= _options.HistoryLength)
                {
                    _history.Dequeue();
                }

                _history.Enqueue(alert);
            }

            return [.. _handlers.GetValueOrDefault(alert.Type, []), .. _handlers.GetValueOrDefault("*", [])];
        }
    }

    /// <summary>A clock that was set back must not silence an alert until it has caught up.</summary>
    private bool IsShort(TimeSpan between) => between.Duration() < _options.RepeatAfter;

    /// <summary>What is too old to drop anything is not kept, so subjects that come and go do not pile up.</summary>
    private void Forget(DateTimeOffset now)
    {
        foreach (var key in _last.Where(entry => !IsShort(now - entry.Value)).Select(static entry => entry.Key).ToList())
        {
            _last.Remove(key);
        }
    }

    private async Task CallAsync(Func<Alert, CancellationToken, Task> handler, Alert alert, CancellationToken cancellationToken)
    {
        try
        {
            await handler(alert, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            // The edge of the application's own code: the others must hear of the alert all the same.
            Interlocked.Increment(ref _failed);
            HandlerFailed(_options.Logger, exception, alert.Type, alert.Subject);
        }
    }

    private void Remove(string type, Func<Alert, CancellationToken, Task> handler)
    {
        lock (_gate)
        {
            _handlers.GetValueOrDefault(type)?.Remove(handler);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "A handler of the alert {type} about {subject} failed.")]
    private static partial void HandlerFailed(ILogger logger, Exception exception, string type, string subject);

    /// <summary>A handler's place in the hub.</summary>
    private sealed class Registration(AlertHub hub, string type, Func<Alert, CancellationToken, Task> handler) : IDisposable
    {
        public void Dispose() => hub.Remove(type, handler);
    }
}
