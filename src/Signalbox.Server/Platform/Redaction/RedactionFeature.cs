using Signalbox.Sdk.Redaction;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Platform.Redaction;

/// <summary>Registers the server's redactor.</summary>
internal static class RedactionFeature
{
    /// <remarks>Comes after the control database and before whatever records or logs secrets: hosted services start in the order of their registration.</remarks>
    public static void AddRedaction(this IServiceCollection services, RedactionOptions options)
    {
        services.AddSingleton(new ServerRedactor(new Redactor(options)));
        services.AddSingleton<IMigrationSource, RedactionMigrations>();
        services.AddHostedService<RedactionOpening>();
    }

    /// <summary>Reads the key before the slices that come after it do anything.</summary>
    private sealed class RedactionOpening(ControlDatabase database, ServerRedactor redactor, TimeProvider clock) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken) => redactor.Use(await RedactionKey.ReadAsync(database, clock, cancellationToken));

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
