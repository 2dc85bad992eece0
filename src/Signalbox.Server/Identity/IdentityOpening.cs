using Signalbox.Server.Identity.Sessions;
using Signalbox.Server.Identity.Tenants;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Identity;

/// <summary>Makes this slice ready before the server takes its first request.</summary>
internal sealed class IdentityOpening(FirstStart firstStart, StartLink startLink, TenantDirectory tenants, ControlDatabase database) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await firstStart.RunAsync(cancellationToken);
        await startLink.CreateAsync(cancellationToken);
        await tenants.LoadAsync(database, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
