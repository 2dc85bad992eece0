using Signalbox.Settings;

namespace Signalbox.Server.Jobs.Definitions;

/// <summary>The bounds on what one definition may hold, and on how many there are.</summary>
internal sealed record TaskLimits
{
    public const string PerTenantKey = "jobs.tasks_per_tenant";
    public const string BytesKey = "jobs.task.bytes";
    public const string ArgumentsKey = "jobs.task.arguments";
    public const string EnvironmentKey = "jobs.task.environment";
    public const string HeadersKey = "jobs.task.headers";
    public const string TimeoutKey = "jobs.task.longest_timeout";
    public const string QueueKey = "jobs.task.queue_limit";
    public const string WaitingKey = "jobs.task.waiting";

    /// <summary>For definitions that were accepted before, perhaps under other bounds.</summary>
    public static TaskLimits None { get; } = new()
    {
        PerTenant = int.MaxValue,
        Bytes = int.MaxValue,
        Arguments = int.MaxValue,
        Environment = int.MaxValue,
        Headers = int.MaxValue,
        LongestTimeout = TimeSpan.MaxValue,
        QueueLimit = int.MaxValue,
        Waiting = int.MaxValue,
    };

    public required int PerTenant { get; init; }

    /// <summary>Of the definition as JSON.</summary>
    public required int Bytes { get; init; }

    public required int Arguments { get; init; }

    public required int Environment { get; init; }

    public required int Headers { get; init; }

    public required TimeSpan LongestTimeout { get; init; }

    public required int QueueLimit { get; init; }

    /// <summary>Runs by hand of one job that have not started.</summary>
    public required int Waiting { get; init; }

    public static TaskLimits Read(SettingsReader settings) => new()
    {
        PerTenant = (int)settings.Integer(PerTenantKey, 10_000, 0, 1_000_000, "Jobs that one tenant may have."),
        Bytes = (int)settings.Bytes(BytesKey, 128 * 1024, 1024, 1024 * 1024, "Size of one job's definition as JSON."),
        Arguments = (int)settings.Integer(ArgumentsKey, 256, 0, 4096, "Arguments of one job's command."),
        Environment = (int)settings.Integer(EnvironmentKey, 128, 0, 4096, "Variables of one job's command."),
        Headers = (int)settings.Integer(HeadersKey, 64, 0, 1024, "Headers of one job's HTTP request."),
        LongestTimeout = settings.Duration(TimeoutKey, TimeSpan.FromDays(7), TimeSpan.FromSeconds(1), TimeSpan.FromDays(365), "Longest timeout that a job may ask for."),
        QueueLimit = (int)settings.Integer(QueueKey, 1000, 1, 100_000, "Most executions that a job with overlap queue may let wait."),
        Waiting = (int)settings.Integer(WaitingKey, 1000, 1, 1_000_000, "Runs by hand of one job that may wait for their start."),
    };
}
