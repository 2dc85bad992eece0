using System.Globalization;
using Signalbox.Testing.Services;
using Signalbox.Testing.Wire;
using Xunit;

namespace Signalbox.Server.Tests.Query.Differential;

/// <summary>Asks Debian's Prometheus and Signalbox the same about the same data.</summary>
public sealed class DifferentialTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnswersAsPrometheusDoes()
    {
        await using var prometheus = await PrometheusProcess.StartAsync("global: {}\n", Cancelled, "--web.enable-remote-write-receiver");
        await using var server = await QueryServer.StartOnDiskAsync(Cancelled);
        using var theirs = new HttpClient();
        using var ours = await server.ClientAsync();
        using var sender = await server.SenderAsync();
        theirs.BaseAddress = new Uri(prometheus.Address, "api/v1/");
        var data = new DemoData(TimeProvider.System.GetUtcNow());
        await SendAsync(theirs, data);
        await SendAsync(sender, data);

        var differences = new List<string>();
        var points = 0;
        foreach (var (path, query) in Questions.All.SelectMany(query => Paths(data).Select(path => (path, query))))
        {
            var address = $"{path}&query={Uri.EscapeDataString(query)}";
            var expected = new Answer(await ReadAsync(theirs, address));
            points += expected.Count;
            if (expected.Difference(new Answer(await ReadAsync(ours, address))) is { } difference)
            {
                differences.Add($"{query}  ({path.Split('?')[0]}): {difference}");
            }
        }

        Assert.True(differences.Count == 0, $"{differences.Count} of {Questions.All.Count * Paths(data).Count()} answers differ (Prometheus's first):\n{string.Join('\n', differences)}");
        Assert.InRange(points, 10_000, int.MaxValue);
    }

    private static IEnumerable<string> Paths(DemoData data)
    {
        // Three seconds beside every subquery's grid, for the same reason that samples lie beside whole seconds.
        var end = (data.End / 1000) - 7;
        yield return string.Create(CultureInfo.InvariantCulture, $"query_range?start={end - 1200}&end={end}&step=10");
        yield return string.Create(CultureInfo.InvariantCulture, $"query?time={end - 600}");
    }

    private static async Task SendAsync(HttpClient client, DemoData data)
    {
        var body = new RemoteWriteBody();
        foreach (var (labels, samples) in data.Series)
        {
            body.Add(labels.Select(static label => (label.Name, label.Value)), samples);
        }

        using var content = RemoteWriteBody.Content(body.Take());
        using var answer = await client.PostAsync("write", content, Cancelled);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancelled));
    }

    private static async Task<string> ReadAsync(HttpClient client, string address)
    {
        using var answer = await client.GetAsync(address, Cancelled);
        return await answer.Content.ReadAsStringAsync(Cancelled);
    }
}
