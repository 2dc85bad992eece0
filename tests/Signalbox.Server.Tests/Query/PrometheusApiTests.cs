using System.Net;
using System.Text;
using Signalbox.Testing.Files;
using Signalbox.Testing.Wire;
using Xunit;

namespace Signalbox.Server.Tests.Query;

public sealed class PrometheusApiTests
{
    private static readonly string[] Questions =
    [
        "GET query?query=1%2B1&time=5.1",
        "GET query?query=%22text%22&time=1",
        "GET query?query=requests_total&time=600",
        "POST query query=requests_total{instance=\"host-1\"}&time=600",
        "POST query?time=600 query=requests_total{instance=\"host-1\"}",
        "POST query query=requests_total{instance=\"host-1\"}[1m]&time=600",
        "POST query query={\"http.requests\", \"http.status\"=\"200\"}&time=60",
        "POST query query=temperature&time=0",
        "POST query query=temperature&time=180",
        "POST query query=requests_total&time=600&limit=2",
        "POST query query=requests_total&time=1970-01-01T00:10:00Z",
        "POST query query=requests_total&time=1200&lookback_delta=11m",
        "POST query query=requests_total&time=1200",
        "POST query query=absent_metric&time=600",
        "POST query query=",
        "POST query query=up{",
        "POST query query=rate(up)",
        "POST query query=up&time=x",
        "POST query query=up&timeout=x",
        "POST query query=up&timeout=0",
        "POST query query=up&limit=-1",
        "POST query query=up&limit=x",
        "POST query query=up&lookback_delta=x",
        "POST query query=label_replace(requests_total,\"instance\",\"x\",\"\",\"\")&time=600",
        "POST query query=requests_total*on(job)requests_total&time=600",
        "POST query query=sum by (job) (rate(requests_total[5m]))&time=600",
        "POST query query=rate(temperature[5m])&time=180",
        "POST query query=quantile(2, requests_total)&time=600",
        "GET query_range?query=requests_total&start=0&end=60&step=30",
        "POST query_range query=temperature&start=0&end=180&step=60",
        "POST query_range query=sum(requests_total)&start=0&end=1970-01-01T00:01:00Z&step=30s",
        "POST query_range query=1&start=0&end=1&step=0.5",
        "POST query_range query=absent_metric&start=0&end=60&step=30",
        "POST query_range query=requests_total&start=0&end=60&step=30&limit=1",
        "POST query_range query=up",
        "POST query_range query=up&start=0&step=1",
        "POST query_range query=up&start=1&end=0&step=1",
        "POST query_range query=up&start=0&end=1&step=x",
        "POST query_range query=up&start=0&end=1&step=0",
        "POST query_range query=up&start=0&end=11001&step=1",
        "POST query_range query=up[5m]&start=0&end=1&step=1",
        "POST query_range query=\"text\"&start=0&end=1&step=1",
        "GET series",
        "GET series?match[]=requests_total&match[]=temperature",
        "POST series match[]=requests_total&limit=1",
        "GET series?match[]=requests_total&start=1000&end=2000",
        "GET series?match[]=",
        "GET series?match[]={a=\"\"}",
        "GET series?match[]=requests_total&start=x",
        "GET labels",
        "POST labels match[]=temperature",
        "GET labels?match[]={job=\"\"}",
        "GET labels?match[]={",
        "GET labels?end=x",
        "GET labels?limit=1",
        "GET labels?match[]=absent_metric",
        "GET label/job/values",
        "GET label/__name__/values?limit=2",
        "GET label/U__http_2e_status/values",
        "GET label/absent/values",
        "GET metadata",
        "GET metadata?metric=temperature&limit_per_metric=1",
        "GET metadata?limit=1",
        "GET metadata?limit=x",
        "GET metadata?metric=absent_metric",
        "GET query_exemplars?query=requests_total&start=0&end=1",
        "GET query_exemplars?query=requests_total&start=1&end=0",
        "GET query_exemplars?query=(",
        "POST format_query query=sum(up)by(job)",
        "POST format_query query=sum(",
        "GET targets",
        "GET targets?state=active&scrapePool=api",
        "GET targets?state=dropped",
        "GET targets?state=x",
        "GET no_such_endpoint",
    ];

    [Fact]
    public async Task AnswersAsItsGoldenSays()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var server = await QueryServer.StartAsync(cancellationToken);
        using var client = await server.ClientAsync();
        var text = new StringBuilder();
        foreach (var question in Questions)
        {
            using var answer = await AskAsync(client, question, cancellationToken);
            text.Append(question).Append("\n  ").Append((int)answer.StatusCode).Append(' ').Append(answer.Content.Headers.ContentType)
                .Append("\n  ").Append(await answer.Content.ReadAsStringAsync(cancellationToken)).Append('\n');
        }

        Golden.Matches("tests/Signalbox.Server.Tests/Query/PrometheusApi.golden.txt", text.ToString());
    }

    [Fact]
    public async Task SaysWhoItIsAndWhichApiItSpeaks()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var server = await QueryServer.StartAsync(cancellationToken);
        using var client = await server.ClientAsync();

        var answer = await client.GetStringAsync("status/buildinfo", cancellationToken);

        Assert.StartsWith("""{"status":"success","data":{"version":"3.""", answer, StringComparison.Ordinal);
        Assert.Contains("\"application\":\"Signalbox\"", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/prometheus/-/healthy")]
    [InlineData("/prometheus/-/ready")]
    public async Task IsHealthyAndReadyWithoutAToken(string path)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var server = await QueryServer.StartAsync(cancellationToken);
        using var client = await server.ClientAsync();
        client.DefaultRequestHeaders.Authorization = null;

        using var answer = await client.GetAsync(path, cancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task CompressesLargeAnswersForThoseWhoTakeIt()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var server = await QueryServer.StartAsync(cancellationToken);
        using var client = await server.ClientAsync();
        const string Large = "GET query_range?query=requests_total&start=0&end=600&step=1";
        using var plain = await AskAsync(client, Large, cancellationToken);
        client.DefaultRequestHeaders.Add("Accept-Encoding", "gzip, deflate, br");

        using var compressed = await AskAsync(client, Large, cancellationToken);

        Assert.Equal(["gzip"], compressed.Content.Headers.ContentEncoding);
        await using var stream = new System.IO.Compression.GZipStream(await compressed.Content.ReadAsStreamAsync(cancellationToken), System.IO.Compression.CompressionMode.Decompress);
        using var reader = new StreamReader(stream);
        Assert.Equal(await plain.Content.ReadAsStringAsync(cancellationToken), await reader.ReadToEndAsync(cancellationToken));
    }

    [Fact]
    public async Task TellsWhatAQueryCost()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var server = await QueryServer.StartAsync(cancellationToken);
        using var client = await server.ClientAsync();

        using var answer = await AskAsync(client, "GET query?query=requests_total[1m]&time=600&stats=all", cancellationToken);

        using var json = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
        var stats = json.RootElement.GetProperty("data").GetProperty("stats");
        Assert.Equal(12, stats.GetProperty("samples").GetProperty("totalQueryableSamples").GetInt64());
        Assert.True(stats.GetProperty("samples").GetProperty("peakSamples").GetInt64() >= 12);
        Assert.True(stats.GetProperty("timings").GetProperty("execTotalTime").GetDouble() >= stats.GetProperty("timings").GetProperty("evalTotalTime").GetDouble());
    }

    [Fact]
    public async Task ShowsATenantNothingOfAnother()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var server = await QueryServer.StartAsync(cancellationToken);
        using var client = await server.ClientAsync(QueryServer.Theirs);
        foreach (var question in Questions.Concat(["GET label/__name__/values", "GET series?match[]={__name__=~\".%2B\"}", "POST query query={__name__=~\".+\"}&time=60"]))
        {
            using var answer = await AskAsync(client, question, cancellationToken);
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            Assert.DoesNotContain("\"api\"", text, StringComparison.Ordinal);
            Assert.DoesNotContain("host-1\",", text, StringComparison.Ordinal);
            Assert.DoesNotContain("http.status", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task ShowsATenantNothingThatAnotherWroteToDisk()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var server = await QueryServer.StartOnDiskAsync(cancellationToken);
        using var sender = await server.SenderAsync(QueryServer.Ours);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var body = new RemoteWriteBody();
        body.Add([("__name__", "ours_alone"), ("secret", "plans")], [(now - 1000, 42)]);
        using var content = RemoteWriteBody.Content(body.Take());
        using var written = await sender.PostAsync("write", content, cancellationToken);
        Assert.True(written.IsSuccessStatusCode, await written.Content.ReadAsStringAsync(cancellationToken));
        using var ours = await server.ClientAsync(QueryServer.Ours);
        using var theirs = await server.ClientAsync(QueryServer.Theirs);
        using var pretender = await server.ClientAsync(QueryServer.Theirs);
        pretender.DefaultRequestHeaders.Add("X-Scope-OrgID", QueryServer.Ours.Value);
        foreach (var question in new[] { "GET query?query=ours_alone", "GET series?match[]={secret=~\".%2B\"}", "GET labels", "GET label/secret/values", "GET label/__name__/values" })
        {
            Assert.Matches("ours_alone|secret|plans", await TextAsync(ours, question));
            Assert.DoesNotMatch("ours_alone|secret|plans", await TextAsync(theirs, question));
            using var refused = await AskAsync(pretender, question, cancellationToken);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }

        async Task<string> TextAsync(HttpClient client, string question)
        {
            using var answer = await AskAsync(client, question, cancellationToken);
            return await answer.Content.ReadAsStringAsync(cancellationToken);
        }
    }

    /// <summary>Sends <c>METHOD path?query form</c>; the form's values are encoded here.</summary>
    private static async Task<HttpResponseMessage> AskAsync(HttpClient client, string question, CancellationToken cancellationToken)
    {
        var parts = question.Split(' ', 3);
        using var request = new HttpRequestMessage(new HttpMethod(parts[0]), parts[1]);
        if (parts.Length == 3)
        {
            request.Content = new FormUrlEncodedContent(parts[2].Split('&').Select(static pair => pair.Split('=', 2)).Select(static pair => KeyValuePair.Create(pair[0], pair[1])));
        }

        return await client.SendAsync(request, cancellationToken);
    }
}
