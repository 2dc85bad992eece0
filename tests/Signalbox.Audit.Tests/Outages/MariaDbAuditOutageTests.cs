using Signalbox.Testing.Services;

namespace Signalbox.Audit.Tests.Outages;

public sealed class MariaDbAuditOutageTests : AuditOutageConformance
{
    private MariaDbProcess? _server;

    private protected override string Url => _server!.UrlOf("control");

    public override async ValueTask InitializeAsync()
    {
        _server = await MariaDbProcess.StartAsync(Cancellation);
        await _server.ExecuteAsync("CREATE DATABASE control", Cancellation);
    }

    private protected override Task CrashAsync() => _server!.CrashAsync(Cancellation);

    private protected override Task StartAgainAsync() => _server!.StartAgainAsync(Cancellation);

    private protected override ValueTask EndAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
