using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Signalbox.Server.Ingest.Self;
using Signalbox.Settings;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Server.Tests.Ingest.Self;

public sealed class SelfTracingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SendsTheSpansOfItsOwnRequestsWhereItIsTold()
    {
        var received = Channel.CreateUnbounded<(string Path, string Token, string Body)>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var collector = builder.Build();
        collector.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            received.Writer.TryWrite((context.Request.Path, context.Request.Headers["x-key"].ToString(), Encoding.Latin1.GetString(body.ToArray())));
        });
        await collector.StartAsync(Cancel);
        await using var server = await TestServer.StartAsync(Cancel, new TestServerSetup
        {
            Settings = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["self.traces_endpoint"] = collector.Urls.First(),
                ["self.traces_protocol"] = "http/protobuf",
                ["self.traces_headers"] = "x-key=secret",
            },
        });
        using var client = server.Client(server.AdminToken);
        await client.GetStringAsync("/api/v1/limits", Cancel);
        await server.StopAsync(Cancel);

        var text = new StringBuilder();
        var first = await received.Reader.ReadAsync(Cancel);
        text.Append(first.Body);
        while (received.Reader.TryRead(out var more))
        {
            text.Append(more.Body);
        }

        Assert.Equal(("/v1/traces", "secret"), (first.Path, first.Token));
        Assert.Contains("signalbox", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("/api/v1/limits", text.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4317", "http://collector:4317/")]
    [InlineData("SIGNALBOX_SELF__TRACES_ENDPOINT", "https://own:1", "https://own:1/")]
    public void TheVariablesOfOpenTelemetryAreReadToo(string variable, string value, string expected)
    {
        var settings = Settings((variable, value));

        Assert.Equal(expected, SelfTracingOptions.Read(settings).Endpoint!.AbsoluteUri);
        Assert.Empty(settings.Errors);
    }

    [Fact]
    public void AnAddressThatIsNoneIsSaid()
    {
        var settings = Settings(("OTEL_EXPORTER_OTLP_ENDPOINT", "collector"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "carrier-pigeon"));

        Assert.Null(SelfTracingOptions.Read(settings).Endpoint);
        Assert.Equal(2, settings.Errors.Count);
    }

    private static SettingsReader Settings(params (string Name, string Value)[] variables) => new(new SettingsSources(
        new Dictionary<string, string>(StringComparer.Ordinal), variables.ToDictionary(static pair => pair.Name, static pair => pair.Value, StringComparer.Ordinal), null));
}
