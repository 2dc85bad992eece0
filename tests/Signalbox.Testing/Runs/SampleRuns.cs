using System.Text;
using System.Text.Json.Nodes;

namespace Signalbox.Testing.Runs;

/// <summary>Brings a handful of runs to a server as cicd-runner does: for tests of the console, and for its pictures.</summary>
public static class SampleRuns
{
    /// <param name="client">Has the server's address and a token with <c>runs:write</c>.</param>
    /// <param name="now">The runs began before it, at times of their own.</param>
    /// <returns>Their ids, in the order of <see cref="SampleRun.All"/>.</returns>
    public static async Task<IReadOnlyList<string>> PostAsync(HttpClient client, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var run in SampleRun.All)
        {
            await PostAsync(client, run, now, cancellationToken);
        }

        return [.. SampleRun.All.Select(static run => run.Id)];
    }

    /// <summary>Brings one run with its files.</summary>
    public static async Task PostAsync(HttpClient client, SampleRun run, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var report = SampleReport.Of(run, now);
        var files = SampleFiles.Of(run, now);
        report["timeline"] = new JsonObject { ["entries"] = files.First(static file => file.Name == "timeline.jsonl").Content.Count(static letter => letter == '\n'), ["omitted"] = 0 };
        await PostAsync(client, report, files, cancellationToken);
    }

    /// <summary>Brings a report with these files, which it need not announce yet.</summary>
    public static async Task PostAsync(HttpClient client, JsonObject report, IReadOnlyList<(string Name, byte[] Content)> files, CancellationToken cancellationToken)
    {
        foreach (var (name, content) in files)
        {
            report.WithFile(name, content);
        }

        using var body = new StringContent(report.ToJsonString(), Encoding.UTF8, "application/json");
        using var posted = await client.PostAsync(new Uri("/api/v1/runs", UriKind.Relative), body, cancellationToken);
        await CheckAsync(posted, cancellationToken);
        foreach (var (name, content) in files)
        {
            using var part = new ByteArrayContent(content);
            using var put = await client.PutAsync(new Uri($"/api/v1/runs/{(string)report["id"]!}/files/{name}", UriKind.Relative), part, cancellationToken);
            await CheckAsync(put, cancellationToken);
        }
    }

    private static async Task CheckAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{response.RequestMessage!.Method} {response.RequestMessage.RequestUri}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(cancellationToken)}");
        }
    }
}
