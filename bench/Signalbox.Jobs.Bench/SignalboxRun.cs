using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Signalbox.Testing.Services;

namespace Signalbox.Jobs.Bench;

/// <summary>The published Signalbox as a user starts it, driven through its API.</summary>
internal static class SignalboxRun
{
    private const string Tasks = "api/v1/scheduler/tasks";
    private const int Page = 1000;

    public static async Task<Figures> RunAsync(Scenario scenario, string control, int jobs, CancellationToken cancellationToken)
    {
        await using var server = await SignalboxProcess.StartAsync(
            cancellationToken,
            dataFolder: null,
            "--set", $"storage.control={control}",
            "--set", string.Create(CultureInfo.InvariantCulture, $"jobs.slots={Scenarios.Slots}"),
            "--log-level", "warn");
        using var client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.AdminToken);
        var due = Scenarios.WholeSecond(TimeProvider.System.GetUtcNow() + Scenarios.Lead);
        await AddAsync(client, scenario, jobs, due, cancellationToken);
        return scenario switch
        {
            Scenario.Throughput => await ThroughputAsync(client, due, jobs, cancellationToken),
            Scenario.Latency => await LatencyAsync(client, due, jobs, cancellationToken),
            _ => await Figures.IdleAsync(server.Process.Id, cancellationToken),
        };
    }

    private static async Task AddAsync(HttpClient client, Scenario scenario, int jobs, DateTimeOffset due, CancellationToken cancellationToken)
    {
        var schedule = scenario switch
        {
            Scenario.Throughput => new JsonObject { ["at"] = due },
            Scenario.Latency => new JsonObject { ["cron"] = Scenarios.SignalboxCron },
            _ => new JsonObject { ["cron"] = "0 3 1 1 *" },
        };

        // Sixteen at a time: the control database gathers concurrent writes into one commit.
        await Parallel.ForEachAsync(Enumerable.Range(0, jobs), new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = cancellationToken }, async (index, stop) =>
        {
            var task = new JsonObject
            {
                ["name"] = string.Create(CultureInfo.InvariantCulture, $"job{index}"),
                ["schedule"] = schedule.DeepClone(),
                ["handler"] = new JsonObject { ["name"] = "noop" },
                ["enabled"] = true,
            };
            using var answer = await client.PostAsJsonAsync(Tasks, task, JsonNodeJson.Default.JsonObject, stop);
            if (!answer.IsSuccessStatusCode)
            {
                throw new InvalidOperationException($"A job was refused with {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(stop)}");
            }
        });
        if (scenario == Scenario.Throughput && TimeProvider.System.GetUtcNow() > due)
        {
            throw new InvalidOperationException("Adding the jobs took longer than the time before they are due.");
        }
    }

    private static async Task<Figures> ThroughputAsync(HttpClient client, DateTimeOffset due, int jobs, CancellationToken cancellationToken)
    {
        var executions = await FinishedAsync(client, due, jobs, cancellationToken);

        // To the last recorded end, not the last start: history is part of what is promised.
        var last = executions.Max(static execution => execution.GetProperty("finishedAt").GetDateTimeOffset());
        return new Figures { FiresPerSecond = jobs / (last - due).TotalSeconds };
    }

    private static async Task<Figures> LatencyAsync(HttpClient client, DateTimeOffset due, int jobs, CancellationToken cancellationToken)
    {
        // Fires before this moment fell into the time of adding and are not looked at. Nobody asks while the measurement runs.
        await Task.Delay(due + (Scenarios.Between * Scenarios.Bursts) + TimeSpan.FromSeconds(5) - TimeProvider.System.GetUtcNow(), TimeProvider.System, cancellationToken);
        var executions = await ListAsync(client, due, cancellationToken);
        var bursts = executions.Where(execution => execution.GetProperty("nominalAt").GetDateTimeOffset() >= due).Take(jobs * Scenarios.Bursts).ToList();
        return bursts.Count == jobs * Scenarios.Bursts
            ? Figures.OfLatencies(bursts.Select(static execution => (execution.GetProperty("startedAt").GetDateTimeOffset() - execution.GetProperty("dueAt").GetDateTimeOffset()).TotalMilliseconds))
            : throw new InvalidOperationException($"Only {bursts.Count} executions of {jobs * Scenarios.Bursts} are there.");
    }

    /// <summary>Waits until as many executions of the time from <paramref name="from"/> on have ended, and returns the earliest of them.</summary>
    private static async Task<IReadOnlyList<JsonElement>> FinishedAsync(HttpClient client, DateTimeOffset from, int wanted, CancellationToken cancellationToken)
    {
        // Nobody asks while the measurement runs: asking costs the server time.
        var pause = from - TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(5);
        while (true)
        {
            await Task.Delay(pause > TimeSpan.Zero ? pause : TimeSpan.FromSeconds(5), TimeProvider.System, cancellationToken);
            pause = TimeSpan.FromSeconds(5);
            var counted = await CountAsync(client, from, cancellationToken);
            if (counted >= wanted)
            {
                break;
            }
        }

        return [.. (await ListAsync(client, from, cancellationToken)).Take(wanted)];
    }

    /// <summary>The executions that succeeded since a moment, by nominal time.</summary>
    private static async Task<IReadOnlyList<JsonElement>> ListAsync(HttpClient client, DateTimeOffset from, CancellationToken cancellationToken)
    {
        var all = new List<JsonElement>();
        string? after = null;
        do
        {
            var page = await client.GetFromJsonAsync($"api/v1/scheduler/executions?state=succeeded&from={from:yyyy-MM-ddTHH:mm:ssZ}&limit={Page}{(after is null ? string.Empty : $"&after={Uri.EscapeDataString(after)}")}", JsonNodeJson.Default.JsonElement, cancellationToken);
            all.AddRange(page.GetProperty("items").EnumerateArray());
            after = page.GetProperty("next").GetString();
        }
        while (after is not null);

        return [.. all.OrderBy(static execution => execution.GetProperty("nominalAt").GetDateTimeOffset())];
    }

    private static async Task<long> CountAsync(HttpClient client, DateTimeOffset from, CancellationToken cancellationToken)
    {
        var statistics = await client.GetFromJsonAsync($"api/v1/scheduler/stats?from={from.AddHours(-1):yyyy-MM-ddTHH:mm:ssZ}&by=none", JsonNodeJson.Default.JsonElement, cancellationToken);
        return statistics.GetProperty("items").EnumerateArray().Sum(static item => item.GetProperty("succeeded").GetInt64());
    }
}
