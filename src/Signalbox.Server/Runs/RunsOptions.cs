using Signalbox.Settings;

namespace Signalbox.Server.Runs;

/// <summary>The bounds of what runs may take, and how long they are kept.</summary>
internal sealed record RunsOptions
{
    public const string FileKey = "runs.max_file";
    public const string RunKey = "runs.max_run";
    public const string QuotaKey = "runs.quota";

    private const long Mebibyte = 1024 * 1024;
    private const long Gibibyte = 1024 * Mebibyte;

    /// <summary>Bytes of one file.</summary>
    public long MaxFile { get; init; } = 64 * Mebibyte;

    /// <summary>Bytes of one run: report and files together.</summary>
    public long MaxRun { get; init; } = 256 * Mebibyte;

    /// <summary>Bytes of all runs of a tenant.</summary>
    public long Quota { get; init; } = 20 * Gibibyte;

    /// <summary>How long a run is kept after it last changed.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(90);

    /// <summary>How often is looked for runs that are too old.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(10);

    public static RunsOptions Read(SettingsReader settings) => new()
    {
        MaxFile = settings.Bytes(FileKey, 64 * Mebibyte, Mebibyte, Gibibyte, "The largest file that a run of cicd-runner may upload; larger ones are refused when its report announces them."),
        MaxRun = settings.Bytes(RunKey, 256 * Mebibyte, Mebibyte, 4 * Gibibyte, "How much the report and the files of one run may hold together."),
        Quota = settings.Bytes(QuotaKey, 20 * Gibibyte, Mebibyte, 1024 * Gibibyte, "How much all runs of a tenant may hold, by the sizes that they announce; further runs are refused until older ones are gone. What is stored is compressed, and smaller."),
        Retention = settings.Duration("runs.retention", TimeSpan.FromDays(90), TimeSpan.FromHours(1), TimeSpan.FromDays(3650), "How long a run is kept after it was last reported."),
    };
}
