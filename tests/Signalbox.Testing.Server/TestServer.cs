using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Signalbox.Server.App;
using Signalbox.Server.Platform.Http;
using Signalbox.Settings;
using Signalbox.Testing.Files;

namespace Signalbox.Testing.Server;

/// <summary>The real server, in process, on ports of its own choice with a data folder of its own.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly TemporaryFolder? _ownFolder;
    private readonly SignalboxServer _server;

    private TestServer(SignalboxServer server, TemporaryFolder? ownFolder)
    {
        _server = server;
        _ownFolder = ownFolder;
    }

    public IServiceProvider Services => _server.Services;

    public string DataFolder => _server.DataPath;

    public Uri Address => _server.AddressOf(Listener.Main)!;

    public Uri OtlpHttp => _server.AddressOf(Listener.OtlpHttp)!;

    public Uri OtlpGrpc => _server.AddressOf(Listener.OtlpGrpc)!;

    /// <summary>The token that the first start wrote.</summary>
    public string AdminToken => File.ReadAllText(Path.Combine(DataFolder, "admin-token")).Trim();

    public static async Task<TestServer> StartAsync(CancellationToken cancellationToken, TestServerSetup? setup = null)
    {
        setup ??= new TestServerSetup();
        var ownFolder = setup.DataFolder is null ? new TemporaryFolder() : null;
        var flags = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["data"] = setup.DataFolder ?? ownFolder!.File("data"),
            ["urls"] = "http://127.0.0.1:0",
            ["otlp_http"] = "http://127.0.0.1:0",
            ["otlp_grpc"] = "http://127.0.0.1:0",
        };
        if (setup.Control is not null)
        {
            flags["storage.control"] = setup.Control;
            foreach (var (key, value) in PatientControl.Settings)
            {
                flags[key] = value;
            }
        }

        foreach (var (key, value) in setup.Settings)
        {
            flags[key] = value;
        }

        var file = setup.ConfigurationFile is null ? null : SettingsFile.Read(setup.ConfigurationFile);
        var sources = new SettingsSources(flags, new Dictionary<string, string>(StringComparer.Ordinal), file);
        var server = SignalboxServer.Create(SignalboxOptions.Read(new SettingsReader(sources)), setup.Clock, setup.Adjust);
        try
        {
            await server.StartAsync(cancellationToken);
        }
        catch
        {
            await server.DisposeAsync();
            ownFolder?.Dispose();
            throw;
        }

        return new TestServer(server, ownFolder);
    }

    /// <summary>A client that sends a token with each request; without one it sends nothing.</summary>
    public HttpClient Client(string? token = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = Address };
        if (token is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return client;
    }

    public Task StopAsync(CancellationToken cancellationToken) => _server.StopAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(CancellationToken.None);
        await _server.DisposeAsync();
        _ownFolder?.Dispose();
    }
}

/// <summary>What a test changes about the server it starts.</summary>
internal sealed record TestServerSetup
{
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Kept after the test when it is named; otherwise a temporary one.</summary>
    public string? DataFolder { get; init; }

    public string? ConfigurationFile { get; init; }

    /// <summary>The URL of a database for the control plane; null for a file of the data folder.</summary>
    public string? Control { get; init; }

    /// <summary>Dotted keys and values, as flags.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public Action<WebApplicationBuilder> Adjust { get; init; } = static _ => { };
}
