using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Platform.Leases;

/// <summary>Deletes the rows of names that nobody has used for long, without letting their tokens begin anew.</summary>
internal sealed class LeaseCleaner(ControlDatabase database, LeaseClock clock, LeaseOptions options, ILogger<LeaseCleaner> logger, TimeProvider time) : BackgroundService
{
    private const int Batch = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    /// <summary>
    /// Deletes what the floor covered before this round, then lifts the floor to what is unused now. A claim that began before the floor was lifted is thus
    /// long over when the row goes that would have told it the token.
    /// </summary>
    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var unused = $"used_at_ms < {clock.Expression} - @age AND expires_at_ms < {clock.Expression} - @age";
        var covered = $"{unused} AND token <= (SELECT token_floor FROM lease_state WHERE id = 1)";
        object Bounds() => new { now = clock.Now, age = (long)options.Retention.TotalMilliseconds, batch = Batch };
        var delete = $"DELETE FROM leases WHERE {covered} AND name IN (SELECT name FROM (SELECT name FROM leases WHERE {covered} LIMIT {Batch}) AS few)";
        while (await database.RunAsync(session => session.ExecuteAsync(delete, Bounds()), cancellationToken) == Batch)
        {
            // The next batch.
        }

        var greatest = database.Dialect.Greatest("token_floor", $"COALESCE((SELECT MAX(token) FROM leases WHERE {unused}), 0)");
        await database.RunAsync(session => session.ExecuteAsync($"UPDATE lease_state SET token_floor = {greatest} WHERE id = 1", Bounds()), cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RunOnceAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.NotCleaned(exception);
            }
        }
    }
}
