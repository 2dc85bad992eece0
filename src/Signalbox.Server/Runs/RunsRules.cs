using Signalbox.Server.Platform.Http;
using Signalbox.Server.Runs.Reports;

namespace Signalbox.Server.Runs;

/// <summary>What everything that is written to runs goes by: the bounds, new ids, and the count of what was refused.</summary>
internal sealed class RunsRules(RunsOptions options, RunsMetrics metrics, TimeProvider clock)
{
    public RunsOptions Options => options;

    public RunsMetrics Metrics => metrics;

    /// <summary>An id that sorts by its time of making.</summary>
    public string NewId() => Guid.CreateVersion7(clock.GetUtcNow()).ToString();

    /// <summary>Whether a run is small enough for the bounds that hold for each.</summary>
    public Refusal? CheckSizes(ReadReport read)
    {
        if (read.Report.Files.FirstOrDefault(file => file.Size > options.MaxFile) is { } large)
        {
            metrics.Refused(RunsOptions.FileKey);
            return RunsRefusals.FileTooLarge(large.Name, options.MaxFile);
        }

        if (RunRow.SizeOf(read) > options.MaxRun)
        {
            metrics.Refused(RunsOptions.RunKey);
            return RunsRefusals.RunTooLarge(options.MaxRun);
        }

        return null;
    }

    /// <summary>Counts what became of a report.</summary>
    public Outcome<TakenReport> Count(Outcome<TakenReport> outcome)
    {
        switch (outcome)
        {
            case Outcome<TakenReport>.Done { Value.As: var taken }:
                metrics.Reported(taken switch { TakenAs.Created => "created", TakenAs.Replaced => "replaced", _ => "repeated" });
                break;
            case Outcome<TakenReport>.Refused { Refusal.Code: var code }:
                metrics.Refused(code == "run_quota_used" ? RunsOptions.QuotaKey : code);
                break;
        }

        return outcome;
    }
}
