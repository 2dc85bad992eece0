using System.Collections.Concurrent;
using System.Collections.Specialized;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;
using Quartz;
using Quartz.Impl;

namespace Signalbox.Jobs.Bench;

/// <summary>Quartz.NET with its ADO job store in a process of its own, told by arguments what to do; prints one line of figures.</summary>
internal static class QuartzRun
{
    private static readonly ConcurrentBag<double> Latencies = [];
    private static long _ran;
    private static long _lastRan;

    public static async Task<int> MainAsync(Scenario scenario, string store, int jobs, int batch, CancellationToken cancellationToken)
    {
        var sqlite = store.StartsWith("Data Source", StringComparison.Ordinal);
        await using (System.Data.Common.DbConnection connection = sqlite ? new SqliteConnection(store) : new NpgsqlConnection(store))
        {
            await connection.OpenAsync(cancellationToken);
            await connection.ExecuteAsync((sqlite ? "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;" : string.Empty) + QuartzSchema.Sql(sqlite));
        }

        var factory = new StdSchedulerFactory(Settings(sqlite, store, batch));
        var scheduler = await factory.GetScheduler(cancellationToken);
        var due = Scenarios.WholeSecond(TimeProvider.System.GetUtcNow() + Scenarios.Lead);
        await ScheduleAsync(scheduler, scenario, jobs, due, cancellationToken);
        await scheduler.Start(cancellationToken);
        var figures = scenario switch
        {
            Scenario.Throughput => await ThroughputAsync(due, jobs, cancellationToken),
            Scenario.Latency => await LatencyAsync(jobs, cancellationToken),
            _ => await Figures.IdleAsync(Environment.ProcessId, cancellationToken),
        };
        Console.WriteLine(figures.ToLine());
        await scheduler.Shutdown(waitForJobsToComplete: false, cancellationToken);
        return 0;
    }

    private static NameValueCollection Settings(bool sqlite, string store, int batch) => new()
    {
        ["quartz.scheduler.instanceName"] = "bench",
        ["quartz.scheduler.instanceId"] = "AUTO",
        ["quartz.scheduler.batchTriggerAcquisitionMaxCount"] = batch.ToString(CultureInfo.InvariantCulture),
        ["quartz.threadPool.maxConcurrency"] = Scenarios.Slots.ToString(CultureInfo.InvariantCulture),
        ["quartz.jobStore.type"] = "Quartz.Impl.AdoJobStore.JobStoreTX, Quartz",
        ["quartz.jobStore.driverDelegateType"] = sqlite ? "Quartz.Impl.AdoJobStore.SQLiteDelegate, Quartz" : "Quartz.Impl.AdoJobStore.PostgreSQLDelegate, Quartz",
        ["quartz.jobStore.tablePrefix"] = "qrtz_",
        ["quartz.jobStore.useProperties"] = "true",
        ["quartz.jobStore.acquireTriggersWithinLock"] = batch > 1 ? "true" : "false",
        ["quartz.jobStore.clustered"] = sqlite ? "false" : "true",
        ["quartz.jobStore.misfireThreshold"] = "600000",
        ["quartz.jobStore.dataSource"] = "bench",
        ["quartz.dataSource.bench.provider"] = sqlite ? "SQLite-Microsoft" : "Npgsql",
        ["quartz.dataSource.bench.connectionString"] = store,
        ["quartz.serializer.type"] = "Quartz.Simpl.BinaryObjectSerializer, Quartz",
    };

    private static async Task ScheduleAsync(IScheduler scheduler, Scenario scenario, int jobs, DateTimeOffset due, CancellationToken cancellationToken)
    {
        var pairs = new Dictionary<IJobDetail, IReadOnlyCollection<ITrigger>>();
        for (var index = 0; index < jobs; index++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"job{index}");
            var builder = TriggerBuilder.Create().WithIdentity(name);
            var trigger = scenario switch
            {
                Scenario.Throughput => builder.StartAt(due).Build(),
                Scenario.Latency => builder.StartAt(due).WithCronSchedule(Scenarios.QuartzCron, static cron => cron.InTimeZone(TimeZoneInfo.Utc)).Build(),
                _ => builder.WithCronSchedule("0 0 3 1 1 ?", static cron => cron.InTimeZone(TimeZoneInfo.Utc)).Build(),
            };
            pairs[JobBuilder.Create<NothingJob>().WithIdentity(name).Build()] = [trigger];
            if (pairs.Count == 500 || index == jobs - 1)
            {
                await scheduler.ScheduleJobs(pairs, replace: false, cancellationToken);
                pairs.Clear();
            }
        }

        if (scenario != Scenario.Idle && TimeProvider.System.GetUtcNow() > due)
        {
            throw new InvalidOperationException("Adding the jobs took longer than the time before they are due.");
        }
    }

    private static async Task<Figures> ThroughputAsync(DateTimeOffset due, int jobs, CancellationToken cancellationToken)
    {
        await WaitAsync(jobs, cancellationToken);
        var seconds = (DateTimeOffset.FromUnixTimeMilliseconds(Interlocked.Read(ref _lastRan)) - due).TotalSeconds;
        return new Figures { FiresPerSecond = jobs / seconds };
    }

    private static async Task<Figures> LatencyAsync(int jobs, CancellationToken cancellationToken)
    {
        await WaitAsync((long)jobs * Scenarios.Bursts, cancellationToken);
        return Figures.OfLatencies(Latencies);
    }

    private static async Task WaitAsync(long runs, CancellationToken cancellationToken)
    {
        while (Interlocked.Read(ref _ran) < runs)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>The job that does nothing but note when it began.</summary>
    private sealed class NothingJob : IJob
    {
        public Task Execute(IJobExecutionContext context)
        {
            var now = TimeProvider.System.GetUtcNow();
            Latencies.Add((now - (context.ScheduledFireTimeUtc ?? now)).TotalMilliseconds);
            Interlocked.Exchange(ref _lastRan, now.ToUnixTimeMilliseconds());
            Interlocked.Increment(ref _ran);
            return Task.CompletedTask;
        }
    }
}
