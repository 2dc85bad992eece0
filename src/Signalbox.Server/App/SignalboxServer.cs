using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Signalbox.Server.Platform;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.App;

/// <summary>The one process: composes the slices, opens the sockets, and stops in order. Tests start it in process.</summary>
internal sealed class SignalboxServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly SignalboxOptions _options;
    private readonly DataFolder _data;
    private readonly ILogger _log;

    private SignalboxServer(WebApplication application, SignalboxOptions options, DataFolder data)
    {
        _application = application;
        _options = options;
        _data = data;
        _log = application.Services.GetRequiredService<ILogger<SignalboxServer>>();
        var lifetime = application.Lifetime;
        lifetime.ApplicationStopping.Register(() => AppLog.Stopping(_log));
        lifetime.ApplicationStopped.Register(() => AppLog.Stopped(_log));
    }

    public IServiceProvider Services => _application.Services;

    public string DataPath => _data.Path;

    /// <summary>Locks the data folder and composes the slices; nothing listens yet.</summary>
    /// <param name="adjust">Last word on the services, for tests and for the log's destination.</param>
    /// <exception cref="StartupException">The environment does not allow it; the message says what to do.</exception>
    public static SignalboxServer Create(SignalboxOptions options, TimeProvider clock, Action<WebApplicationBuilder> adjust)
    {
        var data = DataFolder.Open(options.Host.DataFolder);
        try
        {
            var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
            builder.Configuration.Sources.Clear();
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton(clock);
            builder.Services.AddSingleton(data);
            builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(host => host.ShutdownTimeout = options.Host.ShutdownTimeout);
            builder.WebHost.ConfigureKestrel(kestrel => ServerListeners.Configure(kestrel, options.Host));
            builder.WebHost.UseKestrelHttpsConfiguration();
            Slices.Add(builder.Services, options);
            adjust(builder);
            var application = builder.Build();
            Slices.Map(application, options);
            return new SignalboxServer(application, options, data);
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    /// <summary>Opens the sockets.</summary>
    /// <exception cref="StartupException">A port is taken or an address is not this machine's.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await StartServicesAsync(cancellationToken);
            AppLog.Started(_log, ProductVersion.Text, _data.Path, string.Join(", ", Addresses()));
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            throw new StartupException($"{exception.InnerException.Message} ({exception.Message}) Another program listens there: stop it, or choose another address with --urls, --otlp-http or --otlp-grpc.", exception);
        }
        catch (SocketException exception)
        {
            throw new StartupException($"A socket cannot be opened: {exception.Message} Check --urls, --otlp-http and --otlp-grpc ({string.Join(", ", _options.Host.Urls)}).", exception);
        }
    }

    /// <summary>The address that a listener was given, with the real port; null when it is off.</summary>
    public Uri? AddressOf(Listener listener)
    {
        var addresses = Addresses();
        var index = listener switch
        {
            Listener.Main => 0,
            Listener.OtlpHttp => _options.Host.OtlpHttp is null ? -1 : _options.Host.Urls.Count,
            _ => _options.Host.OtlpGrpc is null ? -1 : addresses.Count - 1,
        };
        return index < 0 ? null : new Uri(addresses[index]);
    }

    /// <summary>Runs until the process is told to stop or <paramref name="cancellationToken"/> is cancelled, then stops in order.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken) => _application.WaitForShutdownAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => _application.StopAsync(cancellationToken);

    private async Task StartServicesAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _application.StartAsync(cancellationToken);
        }
        catch
        {
            // To a service that is merely disposed of, the end looks like a failure, and the host logs it as one; so the host is told that this is a stop.
            _application.Lifetime.StopApplication();
            throw;
        }
    }

    private List<string> Addresses() => [.. Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses];

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _data.Dispose();
    }
}
