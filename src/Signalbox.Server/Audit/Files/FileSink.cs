using System.Buffers;
using Signalbox.Server.Audit.Storage;

namespace Signalbox.Server.Audit.Files;

/// <summary>Copies the log to the audit file, log by log in its order, as fast as the disk takes it.</summary>
/// <remarks>
/// It reads what it writes from the log itself, a bounded batch at a time, so a disk that hangs or is full holds up nothing but this, and once it is
/// well again the file goes on where it ended. Every instance that has a file writes all of the log to its own.
/// </remarks>
internal sealed class FileSink(AuditDatabase database, FileOutput output, FileSinkOptions options, FileMetrics metrics, TimeProvider clock, ILogger<FileSink> logger) : BackgroundService
{
    private const int BatchEvents = 256;

    /// <summary>In bytes; lines are written once there are this many.</summary>
    private const int BatchBytes = 256 << 10;

    /// <summary>Between two looks when nothing told of new records; others may have written them.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan TidyEvery = TimeSpan.FromMinutes(10);

    private readonly ArrayBufferWriter<byte> _lines = new(BatchBytes);
    private int _failures;
    private long _tidiedAt;

    /// <summary>Writes everything that the log has by now.</summary>
    /// <returns>False when the file could not be written; it is tried again.</returns>
    public async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            var logs = await database.ReadAsync(LogRows.ListAsync, cancellationToken);
            await PatientlyAsync(output.OpenAsync(cancellationToken));
            foreach (var log in logs)
            {
                await CopyAsync(log, cancellationToken);
            }

            if (clock.GetElapsedTime(_tidiedAt) >= TidyEvery)
            {
                output.TidyAgain();
                _tidiedAt = clock.GetTimestamp();
            }

            await PatientlyAsync(output.KeepAsync(cancellationToken));
            if (_failures > 0)
            {
                logger.FileWorksAgain(_failures);
                _failures = 0;
            }

            return true;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it is, a full disk or a database that is away, it may be over soon; the log keeps what is not written.
            output.Close();
            metrics.Failed();
            if (_failures++ == 0)
            {
                logger.FileFailed(exception, options.Path!);
            }

            return false;
        }
    }

    public override void Dispose()
    {
        output.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Path is null)
        {
            return;
        }

        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await RunOnceAsync(stoppingToken);
                var backoff = Pause * (1 << Math.Min(_failures, 10));
                await Task.Delay(backoff < LongestBackoff ? backoff : LongestBackoff, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops; what the log has and the file does not is written after the next start.
        }
    }

    private async Task CopyAsync(LogRow log, CancellationToken cancellationToken)
    {
        // What an attempt that failed had gathered is read again.
        _lines.ResetWrittenCount();
        var next = output.NextOf(log.Tenant);
        if (next < log.First)
        {
            metrics.Skipped(log.First - next);
            logger.RecordsSkipped(log.First - next, log.Tenant);
            output.Skip(log.Tenant, next = log.First);
        }

        while (next < log.Size)
        {
            var events = await database.ReadAsync(session => EventRows.ReadAsync(session, log.Log, next, BatchEvents), cancellationToken);
            if (events.Count == 0)
            {
                return;
            }

            foreach (var stored in events)
            {
                FileLine.Write(_lines, stored);
                next = stored.Sequence + 1;
                if (_lines.WrittenCount >= BatchBytes || stored == events[^1])
                {
                    await PatientlyAsync(output.AppendAsync(log.Tenant, _lines.WrittenMemory, next, cancellationToken));
                    _lines.ResetWrittenCount();
                }
            }

            metrics.Written(events.Count);
        }
    }

    /// <summary>Reports that the disk is slow, and waits on: there is nothing else to do here, and nobody waits for this.</summary>
    private async Task PatientlyAsync(Task work)
    {
        try
        {
            await work.WaitAsync(options.Patience, clock);
        }
        catch (TimeoutException) when (!work.IsCompleted)
        {
            metrics.Stalled();
            logger.FileStalled(options.Path!, options.Patience.TotalSeconds);
            await work;
        }
    }
}
