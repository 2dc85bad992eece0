using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Signalbox.Sdk.Tests.Audit;

/// <summary>A server on loopback that takes audit events as Signalbox does: all of a request or nothing, each id once.</summary>
internal sealed class AuditCollector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Func<HttpContext, JsonArray, Task<bool>>> _plan = new();
    private readonly Lock _gate = new();
    private readonly List<JsonNode> _events = [];
    private int _requests;

    private AuditCollector(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    /// <summary>What was taken until now.</summary>
    public IReadOnlyList<JsonNode> Events
    {
        get
        {
            lock (_gate)
            {
                return [.. _events];
            }
        }
    }

    public int Duplicates { get; private set; }

    public int Requests => Volatile.Read(ref _requests);

    public string? Authorization { get; private set; }

    public string? UserAgent { get; private set; }

    public string? TraceParent { get; private set; }

    /// <summary>Events of this action are refused, and their request with them.</summary>
    public string? Refused { get; set; }

    public static async Task<AuditCollector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var collector = new AuditCollector(app);
        app.MapPost("/api/v1/audit/events", collector.TakeAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return collector;
    }

    /// <summary>The next request gets this answer instead, and nothing of it is taken.</summary>
    public void AnswerNext(int status, string? retryAfter = null, string body = "") => _plan.Enqueue(async (context, _) =>
    {
        context.Response.StatusCode = status;
        if (retryAfter is not null)
        {
            context.Response.Headers.RetryAfter = retryAfter;
        }

        await context.Response.WriteAsync(body);
        return true;
    });

    /// <summary>The next request is sent elsewhere, with its method and body.</summary>
    public void RedirectNext(Uri elsewhere) => _plan.Enqueue((context, _) =>
    {
        context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
        context.Response.Headers.Location = elsewhere.AbsoluteUri;
        return Task.FromResult(true);
    });

    /// <summary>The next request is taken, and the connection ends before the answer.</summary>
    public void BreakNextAnswer() => _plan.Enqueue((context, events) =>
    {
        Keep(events);
        context.Abort();
        return Task.FromResult(true);
    });

    public IReadOnlyList<string> Ids() => [.. Events.Select(static item => item["id"]!.GetValue<string>())];

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        Interlocked.Increment(ref _requests);
        Authorization = context.Request.Headers.Authorization;
        UserAgent = context.Request.Headers.UserAgent;
        TraceParent = context.Request.Headers.TraceParent;
        var body = await JsonNode.ParseAsync(context.Request.Body);
        var events = body!["events"]!.AsArray();
        if (_plan.TryDequeue(out var planned) && await planned(context, events))
        {
            return;
        }

        if (events.Any(item => item!["action"]!.GetValue<string>() == Refused))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync("""{"code":"unknown_action"}""");
            return;
        }

        var accepted = Keep(events);
        await context.Response.WriteAsync($$"""{"accepted":{{accepted}},"duplicates":{{events.Count - accepted}},"events":[]}""");
    }

    /// <returns>How many were new.</returns>
    private int Keep(JsonArray events)
    {
        lock (_gate)
        {
            var before = _events.Count;
            foreach (var item in events)
            {
                if (_events.Exists(known => known["id"]!.GetValue<string>() == item!["id"]!.GetValue<string>()))
                {
                    Duplicates++;
                }
                else
                {
                    _events.Add(item!.DeepClone());
                }
            }

            return _events.Count - before;
        }
    }
}
