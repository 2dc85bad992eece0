using Signalbox.Testing.Services;

namespace Signalbox.Server.Tests.Platform.Control.Conformance;

public sealed class PostgreSqlOutageTests : OutageConformance
{
    private PostgreSqlProcess? _server;

    private protected override string Url => _server!.UrlOf("postgres");

    public override async ValueTask InitializeAsync() => _server = await PostgreSqlProcess.StartAsync(Cancel);

    private protected override Task CrashAsync() => _server!.CrashAsync(Cancel);

    private protected override Task StartAgainAsync() => _server!.StartAgainAsync(Cancel);

    private protected override ValueTask EndAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
