using Signalbox.Settings;

namespace Signalbox.Runner.Resources;

/// <summary>Settings under <c>resources</c>: what runner and command may use together, and how closely that is watched.</summary>
internal sealed record ResourcesOptions
{
    public const string Auto = "auto";
    public const string Rss = "rss";
    public const string Pss = "pss";
    public const string Cgroup = "cgroup";

    private const string Limit = "resources.memory.limit_bytes";
    private const string Warn = "resources.memory.warn_threshold";
    private const string Refuse = "resources.memory.refuse_threshold";
    private const string Usual = "resources.memory.sample_interval";
    private const string Fast = "resources.memory.fast_sample_interval";
    private const long LeastLimit = 64L << 20;

    /// <summary>Bytes of runner and tree together; 0: no limit.</summary>
    public long LimitBytes { get; init; } = 512L << 20;

    /// <summary>Part of the limit from which it is warned.</summary>
    public double WarnThreshold { get; init; } = 0.8;

    /// <summary>Part of the limit from which nothing new may begin.</summary>
    public double RefuseThreshold { get; init; } = 0.95;

    /// <summary>Whether the runner collects its own garbage from the warning on.</summary>
    public bool AutoGc { get; init; } = true;

    public TimeSpan SampleInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>From the warning on.</summary>
    public TimeSpan FastSampleInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Time between asking the tree to end and ending it.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary><c>auto</c>, <c>rss</c>, <c>pss</c> or <c>cgroup</c>.</summary>
    public string Measure { get; init; } = Auto;

    /// <summary>Cores; 0: all.</summary>
    public double MaxCores { get; init; }

    /// <summary>Threads and queued work items of the runner from which it is warned.</summary>
    public long MaxGoroutines { get; init; } = 1000;

    /// <summary>Whether a cgroup is made where that can be done.</summary>
    public bool UsesCgroup { get; init; } = true;

    public static ResourcesOptions Read(SettingsReader settings)
    {
        var defaults = new ResourcesOptions();
        var options = new ResourcesOptions
        {
            LimitBytes = settings.Bytes(
                Limit, defaults.LimitBytes, 0, 1L << 50, "What runner and command may use of memory together, for instance 536870912 or 512MiB; past it the command is ended and the exit code is 102. 0: no limit."),
            WarnThreshold = settings.Number(Warn, defaults.WarnThreshold, 0.01, 1, "Part of the limit from which it is warned, and samples are taken faster."),
            RefuseThreshold = settings.Number(Refuse, defaults.RefuseThreshold, 0.01, 1, "Part of the limit from which nothing new may begin: no call of a tool, and in a cgroup no process."),
            AutoGc = settings.Switch("resources.memory.auto_gc", defaults.AutoGc, "Whether the runner collects its own garbage from the warning on, at most every ten seconds; that cannot make the command's processes smaller."),
            SampleInterval = settings.Duration(Usual, defaults.SampleInterval, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1), "Time between two samples."),
            FastSampleInterval = settings.Duration(
                Fast, defaults.FastSampleInterval, TimeSpan.FromMilliseconds(50), TimeSpan.FromHours(1), "Time between two samples from the warning on; as often it is looked whether memory has come so far."),
            StopGrace = settings.Duration("resources.memory.stop_grace", defaults.StopGrace, TimeSpan.Zero, TimeSpan.FromMinutes(10), "Time between asking a command that is past a limit to end and ending it."),
            Measure = settings.Choice(
                "resources.memory.measure",
                defaults.Measure,
                "How memory is measured: cgroup (without the cache of files), pss (shared pages counted in parts), rss (shared pages counted each time), auto (the first of these that can be had).",
                Auto,
                Cgroup,
                Pss,
                Rss),
            MaxCores = settings.Number("resources.cpu.max_cores", defaults.MaxCores, 0, 8192, "Cores that the command may use; without a cgroup whole ones. 0: all."),
            MaxGoroutines = settings.Integer("resources.goroutines.max_count", defaults.MaxGoroutines, 1, int.MaxValue, "Live threads and queued work items of the runner from which it is warned."),
            UsesCgroup = settings.Choice("resources.cgroup", Auto, "Whether the command gets a cgroup of its own where the system lets the runner make one.", Auto, "off") == Auto,
        };
        if (!settings.IsSet(Fast) && options.SampleInterval < options.FastSampleInterval)
        {
            // Who wants samples often need not set both.
            options = options with { FastSampleInterval = options.SampleInterval };
        }

        options.Compare(settings);
        return options;
    }

    private void Compare(SettingsReader settings)
    {
        if (LimitBytes is > 0 and < LeastLimit)
        {
            settings.Fail(Limit, "The runner alone may need as much; write at least 64MiB, or 0 for no limit.");
        }

        if (RefuseThreshold < WarnThreshold)
        {
            settings.Fail(Refuse, FormattableString.Invariant($"It is below {Warn} ({WarnThreshold}); nothing may be refused before it was warned."));
        }

        if (FastSampleInterval > SampleInterval)
        {
            settings.Fail(Fast, $"It is longer than {Usual}; write {DurationText.Format(SampleInterval)} or less.");
        }
    }
}
