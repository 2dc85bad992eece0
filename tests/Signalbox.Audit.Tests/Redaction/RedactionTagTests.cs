using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Signalbox.Audit.Tests.Api;
using Signalbox.Sdk.Logging;
using Signalbox.Sdk.Redaction;
using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Files;
using Signalbox.Testing.Server;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Audit.Tests.Redaction;

/// <summary>What stands in the place of a secret is the same wherever and whenever the installation writes it, and tells nothing of the key.</summary>
public sealed partial class RedactionTagTests(SharedDatabases databases) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string Secret { get; } = "gh" + "p_0123456789abcdefghijABCDEFGHIJ012345";

    private static string OtherSecret { get; } = "gh" + "p_9876543210abcdefghijABCDEFGHIJ543210";

    [Fact]
    public async Task ASecretKeepsItsTagAcrossARestart()
    {
        var setup = new TestServerSetup { DataFolder = _folder.File("data") };
        string before;
        await using (var first = await TestServer.StartAsync(Cancel, setup))
        {
            before = await TagAsync(first, Secret);
        }

        await using var second = await TestServer.StartAsync(Cancel, setup);

        Assert.Equal(before, await TagAsync(second, Secret));
        Assert.NotEqual(before, await TagAsync(second, OtherSecret));
    }

    [Fact]
    public async Task TwoInstancesOnOneDatabaseGiveASecretTheSameTag()
    {
        var url = await databases.NewPostgreSqlAsync(Cancel);
        await using var one = await TestServer.StartAsync(Cancel, new TestServerSetup { DataFolder = _folder.File("data"), Control = url });
        await using var two = await TestServer.StartAsync(Cancel, new TestServerSetup { Control = url });

        // The token of the first start is in the data folder of the instance that started first.
        Assert.Equal(await TagAsync(one, Secret), await TagAsync(two, Secret, one.AdminToken));
        Assert.NotEqual(await TagAsync(one, Secret), await TagAsync(two, OtherSecret, one.AdminToken));
    }

    [Fact]
    public async Task TheKeyIsInNoAnswerAndNoLog()
    {
        using var lines = new SharedText();
        await using var server = await TestServer.StartAsync(Cancel, new TestServerSetup { Adjust = builder => LogEverything(builder, lines) });
        await TagAsync(server, Secret);
        var forms = Forms(await server.Services.GetRequiredService<ControlDatabase>().ReadAsync(static session => session.ValueAsync<byte[]>("SELECT secret FROM redaction_key"), Cancel));
        using var client = server.Client(server.AdminToken);
        var answered = 0;

        foreach (var path in Readable(server))
        {
            using var response = await client.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Cancel);
            if (response.Content.Headers.ContentType?.MediaType == "text/event-stream")
            {
                continue;
            }

            answered += response.StatusCode == HttpStatusCode.OK ? 1 : 0;
            var body = Convert.ToHexString(await response.Content.ReadAsByteArrayAsync(Cancel));
            Assert.All(forms, form => Assert.DoesNotContain(form, body, StringComparison.Ordinal));
        }

        Assert.True(answered > 10, $"Only {answered} paths answered.");
        var log = Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(lines.ToString()));
        Assert.Contains(Convert.ToHexString("Executing endpoint"u8), log, StringComparison.Ordinal);
        Assert.All(forms, form => Assert.DoesNotContain(form, log, StringComparison.Ordinal));
    }

    [Fact]
    public async Task RulesOfTheSettingsEraseWhatTheySay()
    {
        var setup = new TestServerSetup { ConfigurationFile = _folder.File("signalbox.yaml") };
        await File.WriteAllTextAsync(
            setup.ConfigurationFile,
            """
            redaction:
              rules:
                - id: acme-token
                  pattern: acme-(?<key>[0-9a-f]{24})
                  secret_group: key
                  keywords: [acme-]
              fields: [shoe size]
              allow_fields: [csrf token]
              masks: [/headers/*]
              disabled: [github-token]
            """,
            Cancel);
        await using var server = await TestServer.StartAsync(Cancel, setup);

        var record = await ReportAsync(server, server.AdminToken, $$$"""{"text":"acme-0123456789abcdef01234567 {{{Secret}}}","shoeSize":"44","csrfToken":"abc","headers":{"x":"y"}}""");

        Assert.Matches(@"""text"":""acme-\[redacted:acme-token:[a-z2-7]{8}\] ghp_", record);
        Assert.Matches(@"""shoeSize"":""\[redacted:field:", record);
        Assert.Contains("\"csrfToken\":\"abc\"", record, StringComparison.Ordinal);
        Assert.Matches(@"""x"":""\[redacted:mask:", record);
    }

    [Fact]
    public async Task WhatIsErasedIsCountedAmongTheServersMetrics()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        await TagAsync(server, Secret);
        using var client = server.Client(server.AdminToken);

        var metrics = await client.GetStringAsync(new Uri("/metrics", UriKind.Relative), Cancel);

        Assert.Matches(@"(?m)^signalbox_redaction_erased_total\{[^}]*rule=""github-token""[^}]*\} [1-9]", metrics);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<string> TagAsync(TestServer server, string secret, string? token = null)
    {
        var record = await ReportAsync(server, token ?? server.AdminToken, $$"""{"text":"used {{secret}} twice"}""");
        Assert.DoesNotContain(secret, record, StringComparison.Ordinal);

        // All servers of a test share the key of the process, so a tag made with that would prove nothing.
        Assert.DoesNotContain(Redactor.Default.Redact(secret), record, StringComparison.Ordinal);
        return Assert.Single(Marker().Matches(record)).Groups["tag"].Value;
    }

    /// <returns>The data of the record of a new event.</returns>
    private static async Task<string> ReportAsync(TestServer server, string token, string data)
    {
        using var client = server.Client(token);
        var id = Guid.CreateVersion7();
        await client.JsonAsync(HttpMethod.Post, "/api/v1/audit/events", $$$"""{"events":[{"id":"{{{id}}}","action":"run.finish","resource":{"type":"run","id":"x"},"data":{{{data}}}}]}""");
        return (await client.GetJsonAsync($"/api/v1/audit/events/{id}"))["data"]!.ToJsonString();
    }

    private static void LogEverything(WebApplicationBuilder builder, SharedText lines)
    {
        builder.Services.AddSingleton<ILoggerProvider>(_ => new LogLineProvider(new LogLineOptions { Output = lines, MinimumLevel = LogLevel.Trace }));
        builder.Logging.SetMinimumLevel(LogLevel.Trace);
    }

    /// <summary>Every way in which the key might be written, as the hexadecimal of its UTF-8.</summary>
    private static List<string> Forms(byte[] key) =>
    [
        Convert.ToHexString(key),
        .. new[] { Convert.ToHexString(key), Convert.ToHexStringLower(key), Convert.ToBase64String(key)[..40], System.Buffers.Text.Base64Url.EncodeToString(key)[..40] }
            .Select(static text => Convert.ToHexString(System.Text.Encoding.ASCII.GetBytes(text))),
    ];

    /// <summary>All that can be asked for without knowing an id.</summary>
    private static IEnumerable<string> Readable(TestServer server) => server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(static endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") == true)
        .Select(static endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'))
        .Where(static path => !path.Contains('{', StringComparison.Ordinal))
        .Concat(["/api/v1/audit/export?format=jsonl", "/api/v1/audit/export?format=archive"])
        .Distinct(StringComparer.Ordinal);

    [GeneratedRegex(@"\[redacted:github-token:(?<tag>[a-z2-7]{8})\]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Marker();
}
