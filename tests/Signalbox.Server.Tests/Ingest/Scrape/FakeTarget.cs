using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Signalbox.Server.Tests.Ingest.Scrape;

/// <summary>An HTTP server that answers scrapes as a test tells it to.</summary>
internal sealed class FakeTarget : IAsyncDisposable
{
    private readonly WebApplication _application;

    private FakeTarget(WebApplication application) => _application = application;

    public string Address => new Uri(_application.Urls.First()).Authority;

    public string Text { get; set; } = string.Empty;

    public string ContentType { get; set; } = "text/plain; version=0.0.4";

    public int Status { get; set; } = StatusCodes.Status200OK;

    public bool Gzip { get; set; }

    /// <summary>When set, a request is answered only once this is.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public IReadOnlyDictionary<string, string> LastHeaders { get; private set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public string LastUrl { get; private set; } = string.Empty;

    public static async Task<FakeTarget> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var application = builder.Build();
        var target = new FakeTarget(application);
        application.Run(target.AnswerAsync);
        await application.StartAsync(cancellationToken);
        return target;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        LastHeaders = context.Request.Headers.ToDictionary(static header => header.Key, static header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        LastUrl = context.Request.Path + context.Request.QueryString;
        await Gate.WaitAsync(context.RequestAborted);
        context.Response.StatusCode = Status;
        context.Response.ContentType = ContentType;
        var body = Encoding.UTF8.GetBytes(Text);
        if (!Gzip)
        {
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
            return;
        }

        context.Response.Headers.ContentEncoding = "gzip";
        await using var gzip = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
        await gzip.WriteAsync(body, context.RequestAborted);
    }
}
