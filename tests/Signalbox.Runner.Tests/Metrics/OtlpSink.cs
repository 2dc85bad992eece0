using System.Collections.Concurrent;
using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Signalbox.Runner.Tests.Metrics;

/// <summary>A receiver of OTLP on loopback that keeps what it is sent and answers as it is told.</summary>
internal sealed class OtlpSink : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentQueue<SunkRequest> _requests = new();

    private OtlpSink(WebApplication application) => _application = application;

    public Uri Address => new(_application.Urls.First());

    public IReadOnlyCollection<SunkRequest> Requests => _requests;

    /// <param name="answer">Null: 200 and an empty object.</param>
    public static async Task<OtlpSink> StartAsync(CancellationToken cancellationToken, Func<HttpContext, int, Task>? answer = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var sink = new OtlpSink(builder.Build());
        sink._application.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            sink._requests.Enqueue(new SunkRequest(
                context.Request.Path.Value!, context.Request.ContentType, context.Request.Headers.ContentEncoding.ToString(), context.Request.Headers.Authorization.ToString(), body.ToArray()));
            if (answer is not null)
            {
                await answer(context, sink._requests.Count);
                return;
            }

            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("{}", context.RequestAborted);
        });
        await sink._application.StartAsync(cancellationToken);
        return sink;
    }

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();
}

/// <summary>A request as it came.</summary>
internal sealed record SunkRequest(string Path, string? ContentType, string ContentEncoding, string Authorization, byte[] Body)
{
    /// <summary>The body as text, unpacked.</summary>
    public string Text
    {
        get
        {
            using var body = new MemoryStream(Body);
            using Stream plain = ContentEncoding == "gzip" ? new GZipStream(body, CompressionMode.Decompress) : body;
            using var reader = new StreamReader(plain);
            return reader.ReadToEnd();
        }
    }
}
