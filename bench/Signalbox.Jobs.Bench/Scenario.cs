namespace Signalbox.Jobs.Bench;

/// <summary>What a contender is asked to do.</summary>
internal enum Scenario
{
    /// <summary>Many one-off jobs that do nothing, all due at one moment: fires a second from that moment to the last start.</summary>
    Throughput,

    /// <summary>A thousand jobs due in the same second, three times: how long after its due time each began.</summary>
    Latency,

    /// <summary>Ten thousand jobs whose next fire is months away: processor time of doing nothing.</summary>
    Idle,
}

/// <summary>What is the same for every contender.</summary>
internal static class Scenarios
{
    /// <summary>Jobs that may run at the same time: as many as are due at once, so that what is measured is the scheduler and not the wait for a slot.</summary>
    public const int Slots = 1000;

    /// <summary>Triggers that Quartz.NET may take at once in its second row; with more it becomes slower on PostgreSQL, not faster.</summary>
    public const int QuartzBatch = 100;

    public const int Bursts = 3;

    /// <summary>From one burst to the next, as the cron expressions say.</summary>
    public static readonly TimeSpan Between = TimeSpan.FromSeconds(10);

    /// <summary>Every ten seconds, in the form with seconds.</summary>
    public const string QuartzCron = "0/10 * * * * ?";

    public const string SignalboxCron = "*/10 * * * * *";

    /// <summary>From the first job that is added to the moment they are due; adding them is not measured.</summary>
    public static readonly TimeSpan Lead = TimeSpan.FromSeconds(60);

    public static DateTimeOffset WholeSecond(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());
}
