using Signalbox.Testing.Services;

namespace Signalbox.Server.Tests.Platform.Control.Conformance;

public sealed class MariaDbOutageTests : OutageConformance
{
    private MariaDbProcess? _server;

    private protected override string Url => _server!.UrlOf("control");

    public override async ValueTask InitializeAsync()
    {
        _server = await MariaDbProcess.StartAsync(Cancel);
        await _server.ExecuteAsync("CREATE DATABASE control", Cancel);
    }

    private protected override Task CrashAsync() => _server!.CrashAsync(Cancel);

    private protected override Task StartAgainAsync() => _server!.StartAgainAsync(Cancel);

    private protected override ValueTask EndAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
