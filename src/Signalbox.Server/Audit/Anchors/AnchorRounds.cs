using Signalbox.Server.Audit.Storage;

namespace Signalbox.Server.Audit.Anchors;

/// <summary>Brings the newest checkpoints to all anchors, once an interval, and again and again to those that do not take them.</summary>
/// <remarks>One user at a time. Two instances that do it at once bring some checkpoints twice, which every kind of place stands.</remarks>
internal sealed class AnchorRounds(AuditDatabase database, AnchorSender sender, AnchorOptions options, AnchorStatus status, TimeProvider clock, ILogger<AnchorRounds> logger)
{
    /// <summary>Between the first two attempts; each wait is twice the one before.</summary>
    public static TimeSpan FirstWait { get; } = TimeSpan.FromSeconds(5);

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

    /// <summary>Forgets how far the anchors are, because from here on somebody else brings them what is new.</summary>
    public void Rest()
    {
        _progress.Clear();
        status.Tell(TimeSpan.Zero, options);
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
