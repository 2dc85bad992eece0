using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Identity.Sessions;

/// <summary>Deletes, every hour, sessions that have ended and links that have expired; they are refused without it too.</summary>
internal sealed class EndedSessionSweeper(ControlDatabase database, IdentityRules rules, ILogger<EndedSessionSweeper> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    /// <returns>How many rows were deleted.</returns>
    public Task<int> RunOnceAsync(CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            var now = rules.Clock.GetUtcNow();
            var idleSince = now - rules.Options.Sessions.Idle;
            return await SessionStore.DeleteEndedAsync(session, now.ToUnixTimeMilliseconds(), idleSince.ToUnixTimeMilliseconds())
                + await SignInLinks.DeleteExpiredAsync(session, now.ToUnixTimeMilliseconds());
        },
        repeatable: true,
        cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, rules.Clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RunOnceAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.SessionsNotSwept(exception);
            }
        }
    }
}
