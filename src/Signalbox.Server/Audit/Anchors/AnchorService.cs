using Signalbox.Server.Audit.Storage;

namespace Signalbox.Server.Audit.Anchors;

/// <summary>Brings the newest checkpoints to all anchors, once an interval, and again and again to those that do not take them.</summary>
internal sealed class AnchorService(AuditDatabase database, AnchorSender sender, AnchorOptions options, AnchorStatus status, TimeProvider clock, ILogger<AnchorService> logger) : BackgroundService
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    private readonly Dictionary<(AnchorTarget Target, string Tenant), Progress> _progress = [];

    /// <summary>Looks at all logs once.</summary>
    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var logs = await database.ReadAsync(LogRows.ListAsync, cancellationToken);
        var now = clock.GetUtcNow();
        foreach (var log in logs.Where(static log => log.Size > 0))
        {
            foreach (var target in options.Targets)
            {
                var progress = _progress.GetValueOrDefault((target, log.Tenant)) ?? new Progress(0, null, now, 0);
                if (log.Size > progress.Size)
                {
                    progress = progress with { Since = progress.Since ?? now };
                    _progress[(target, log.Tenant)] = now >= progress.Due ? await TryAsync(target, log, progress, now, cancellationToken) : progress;
                }
            }
        }

        status.Tell(_progress.Values.Min(static progress => progress.Since) is { } since ? clock.GetUtcNow() - since : TimeSpan.Zero, options);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Targets.Count == 0)
        {
            return;
        }

        using var timer = new PeriodicTimer(options.Interval < FirstWait ? options.Interval : FirstWait, clock);
        do
        {
            try
            {
                await RunOnceAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.AnchoringFailed(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<Progress> TryAsync(AnchorTarget target, LogRow log, Progress progress, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            await sender.SendAsync(target, log, progress.Size, cancellationToken);
            status.Sent();
            return new Progress(log.Size, null, now + options.Interval, 0);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            var wait = TimeSpan.FromTicks(Math.Min(LongestWait.Ticks, FirstWait.Ticks << Math.Min(progress.Failures, 10)));
            status.Failed();
            logger.AnchorFailed(target.Name, log.Tenant, log.Size, exception.Message, wait);
            return progress with { Due = now + wait, Failures = progress.Failures + 1 };
        }
    }

    /// <param name="Size">Taken last; 0 when that is not known.</param>
    /// <param name="Since">When something began to wait; null when nothing does.</param>
    /// <param name="Due">When it is tried next.</param>
    private sealed record Progress(long Size, DateTimeOffset? Since, DateTimeOffset Due, int Failures);
}
