using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Signalbox.Audit.Tests.Anchors;

/// <summary>A place that takes checkpoints by POST, as somebody who keeps them would run it, and answers as a test says.</summary>
internal sealed class HookServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<HookCall> _calls = new();

    private HookServer(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single() + "/hook?from=signalbox");

    public IReadOnlyList<HookCall> Calls => [.. _calls];

    /// <summary>The status of the answer; null for none at all.</summary>
    public int? Answer { get; set; } = StatusCodes.Status204NoContent;

    public static async Task<HookServer> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new HookServer(app);
        app.Run(server.TakeAsync);
        await app.StartAsync(cancellationToken);
        return server;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        _calls.Enqueue(new HookCall(context.Request.Method, context.Request.ContentType, context.Request.Headers.ToDictionary(static header => header.Key, static header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), body));
        if (Answer is { } status)
        {
            context.Response.StatusCode = status;
            return;
        }

        // Until whoever asked gives up.
        var gone = new TaskCompletionSource();
        await using var registration = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }
}

/// <summary>One request to such a place.</summary>
internal sealed record HookCall(string Method, string? ContentType, IReadOnlyDictionary<string, string> Headers, string Body);
