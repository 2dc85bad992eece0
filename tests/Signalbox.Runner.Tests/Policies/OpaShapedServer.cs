using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Signalbox.Runner.Tests.Policies;

/// <summary>A server on loopback that answers as OPA's data API does, with answers that are given beforehand.</summary>
internal sealed class OpaShapedServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentQueue<OpaRequest> _requests = new();

    private OpaShapedServer(WebApplication application) => _application = application;

    public string Url => _application.Urls.First();

    public IReadOnlyList<OpaRequest> Requests => [.. _requests];

    /// <param name="answer">A body for a request's <c>input</c>; null leaves the request unanswered until it is given up.</param>
    public static async Task<OpaShapedServer> StartAsync(Func<JsonElement, string?> answer, int status, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new OpaShapedServer(builder.Build());
        server._application.Run(async context =>
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
            var input = body.RootElement.GetProperty("input").Clone();
            server._requests.Enqueue(new OpaRequest($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}", context.Request.Headers.Authorization.ToString(), input));
            if (answer(input) is not { } text)
            {
                var givenUp = new TaskCompletionSource();
                await using var registration = context.RequestAborted.Register(givenUp.SetResult);
                await givenUp.Task;
                return;
            }

            context.Response.StatusCode = status;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(text, context.RequestAborted);
        });
        await server._application.StartAsync(cancellationToken);
        return server;
    }

    public static Task<OpaShapedServer> StartAsync(Func<JsonElement, string?> answer, CancellationToken cancellationToken) => StartAsync(answer, 200, cancellationToken);

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();
}

/// <summary>A question as it came.</summary>
internal sealed record OpaRequest(string Line, string Authorization, JsonElement Input);
