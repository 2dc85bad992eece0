using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Signalbox.Testing.Files;

namespace Signalbox.Server.Tests.Identity.Jwt;

/// <summary>An identity provider's key endpoint on a loopback port.</summary>
internal sealed class KeyServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly WebApplication _application;
    private string _keys = """{"keys":[]}""";
    private bool _fails;

    private KeyServer(WebApplication application) => _application = application;

    public string Folder => _folder.Path;

    public Uri Address => new(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public static KeyServer Start()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var server = new KeyServer(builder.Build());
        server._application.Run(server.AnswerAsync);
        ((IHost)server._application).Start();
        return server;
    }

    public void Publish(params string[] keys) => _keys = $$"""{"keys":[{{string.Join(',', keys)}}]}""";

    public void Fail() => _fails = true;

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
        _folder.Dispose();
    }

    private Task AnswerAsync(HttpContext context)
    {
        if (_fails)
        {
            context.Response.StatusCode = StatusCodes.Status502BadGateway;
            return Task.CompletedTask;
        }

        return context.Response.WriteAsync(
            context.Request.Path == "/jwks"
                ? _keys
                : $$"""{"issuer":"https://login.example.com","jwks_uri":"{{new Uri(Address, "/jwks")}}"}""",
            context.RequestAborted);
    }
}
