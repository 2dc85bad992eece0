using System.Net;
using Xunit;

namespace Signalbox.Server.Tests.Query;

public sealed class QueryLimitTests
{
    private const string Question = "query?query=requests_total&time=600";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EndsTheQueryWhenTheClientLeaves()
    {
        await using var server = await QueryServer.StartAsync(Cancelled);
        using var meter = new MeterProbe(server.Services);
        using var client = await server.ClientAsync();
        server.Store.BeforeSelect = static cancellationToken => new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        using var patience = new CancellationTokenSource();
        var asking = client.GetAsync(Question, patience.Token);
        await meter.ReachesAsync("signalbox.query.in_flight", 1, Cancelled);

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await meter.ReachesAsync("signalbox.query.duration{endpoint=query}{outcome=canceled}", 1, Cancelled);
        await meter.ReachesAsync("signalbox.query.in_flight", 0, Cancelled);
    }

    [Fact]
    public async Task LetsSoManyRunAndSoManyWaitAndRefusesTheRest()
    {
        await using var server = await QueryServer.StartAsync(Cancelled, ("max_concurrency", "1"), ("max_queued", "1"));
        using var meter = new MeterProbe(server.Services);
        using var client = await server.ClientAsync();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Store.BeforeSelect = cancellationToken => gate.Task.WaitAsync(cancellationToken);
        var first = client.GetAsync(Question, Cancelled);
        await meter.ReachesAsync("signalbox.query.in_flight", 1, Cancelled);
        var second = client.GetAsync(Question, Cancelled);
        await meter.ReachesAsync("signalbox.query.queued", 1, Cancelled);

        using var third = await client.GetAsync(Question, Cancelled);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, third.StatusCode);
        Assert.Equal("""{"status":"error","errorType":"unavailable","error":"too many queries are waiting already: query.max_queued is 1"}""", await third.Content.ReadAsStringAsync(Cancelled));
        Assert.Equal(1, meter["signalbox.query.refused{limit=query.max_queued}"]);
        gate.SetResult();
        Assert.Equal(HttpStatusCode.OK, (await first).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await second).StatusCode);
        await meter.ReachesAsync("signalbox.query.queued", 0, Cancelled);
        await meter.ReachesAsync("signalbox.query.in_flight", 0, Cancelled);
        await meter.ReachesAsync("signalbox.query.duration{endpoint=query}{outcome=success}", 2, Cancelled);
    }

    [Fact]
    public async Task EndsTheQueryAtTheTimeoutThatTheRequestNames()
    {
        await using var server = await QueryServer.StartAsync(Cancelled);
        using var client = await server.ClientAsync();
        server.Store.BeforeSelect = static cancellationToken => new TaskCompletionSource().Task.WaitAsync(cancellationToken);

        using var answer = await client.GetAsync(Question + "&timeout=50ms", Cancelled);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("""{"status":"error","errorType":"timeout","error":"query timed out in expression evaluation"}""", await answer.Content.ReadAsStringAsync(Cancelled));
    }

    [Fact]
    public async Task EndsTheQueryAtTheServersTimeoutWhateverTheRequestNames()
    {
        await using var server = await QueryServer.StartAsync(Cancelled, ("timeout", "50ms"));
        using var client = await server.ClientAsync();
        server.Store.BeforeSelect = static cancellationToken => new TaskCompletionSource().Task.WaitAsync(cancellationToken);

        using var answer = await client.GetAsync("series?match[]=requests_total&timeout=1h", Cancelled);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    [Fact]
    public async Task RefusesAQueryThatNeedsTooManySamples()
    {
        await using var server = await QueryServer.StartAsync(Cancelled, ("max_samples", "20"));
        using var client = await server.ClientAsync();

        using var answer = await client.GetAsync("query?query=requests_total[10m]&time=600", Cancelled);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("\"errorType\":\"execution\"", await answer.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RefusesAFormThatIsTooLarge()
    {
        await using var server = await QueryServer.StartAsync(Cancelled, ("max_request_size", "1KB"));
        using var client = await server.ClientAsync();
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("query", new string('1', 5000))]);

        using var answer = await client.PostAsync("query", form, Cancelled);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("error parsing form values", await answer.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RefusesAFormWhosePartsTogetherAreTooLarge()
    {
        await using var server = await QueryServer.StartAsync(Cancelled, ("max_request_size", "1KB"));
        using var client = await server.ClientAsync();
        using var form = new FormUrlEncodedContent(Enumerable.Range(0, 10).Select(static _ => KeyValuePair.Create("match[]", "{a=\"" + new string('1', 500) + "\"}")));

        using var answer = await client.PostAsync("labels", form, Cancelled);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("error parsing form values", await answer.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RefusesAFormThatBreaksOff()
    {
        await using var server = await QueryServer.StartAsync(Cancelled);
        using var client = await server.ClientAsync();
        using var form = new StringContent("--x\r\nContent-Disposition: form-data; name=\"query\"\r\n\r\nu");
        form.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");

        using var answer = await client.PostAsync("query", form, Cancelled);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("error parsing form values", await answer.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LogsTheBeginningOfALongExpression()
    {
        await using var server = await QueryServer.StartAsync(Cancelled, ("slow_threshold", "0s"));
        using var client = await server.ClientAsync();
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("query", new string(' ', 100_000) + "requests_total")]);

        using var answer = await client.PostAsync("query", form, Cancelled);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.InRange(server.LogLines.Single(static line => line.StartsWith("Slow query", StringComparison.Ordinal)).Length, 1000, 3000);
    }

    [Fact]
    public async Task LogsASlowQueryWithWhoAsked()
    {
        await using var server = await QueryServer.StartAsync(Cancelled, ("slow_threshold", "0s"));
        using var client = await server.ClientAsync();

        using var answer = await client.GetAsync(Question, Cancelled);

        Assert.Contains(server.LogLines, static line => line.Contains("Slow query: query took", StringComparison.Ordinal) && line.Contains("ours/reader asked requests_total", StringComparison.Ordinal));
    }
}
