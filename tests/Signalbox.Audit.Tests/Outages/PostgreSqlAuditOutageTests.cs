using Signalbox.Testing.Services;

namespace Signalbox.Audit.Tests.Outages;

public sealed class PostgreSqlAuditOutageTests : AuditOutageConformance
{
    private PostgreSqlProcess? _server;

    private protected override string Url => _server!.UrlOf("postgres");

    public override async ValueTask InitializeAsync() => _server = await PostgreSqlProcess.StartAsync(Cancellation);

    private protected override Task CrashAsync() => _server!.CrashAsync(Cancellation);

    private protected override Task StartAgainAsync() => _server!.StartAgainAsync(Cancellation);

    private protected override ValueTask EndAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
