using System.Diagnostics.Metrics;

namespace Signalbox.Server.Jobs.Files;

/// <summary>Tells log and metrics how applying the jobs folder went.</summary>
internal sealed class FilesReport
{
    private readonly Counter<long> _applied;
    private readonly ILogger _logger;
    private int _errors;

    public FilesReport(IMeterFactory meters, ILogger<FilesReport> logger)
    {
        _logger = logger;
        var meter = meters.Create(JobsMetrics.MeterName);
        _applied = meter.CreateCounter<long>("signalbox.job.files.changes", "{change}", "Changes of jobs that came from files, by action.");
        meter.CreateObservableGauge("signalbox.job.files.errors", () => Volatile.Read(ref _errors), "{error}", "What was wrong in the jobs folder when it was last applied.");
    }

    public void Applied(FilePlan plan)
    {
        foreach (var group in plan.Changes.GroupBy(static change => change.Action, StringComparer.Ordinal).Where(static group => group.Key != "unchanged"))
        {
            _applied.Add(group.Count(), new KeyValuePair<string, object?>("action", group.Key));
            _logger.FilesApplied(group.Key, string.Join(", ", group.Take(20).Select(static change => change.Task)), group.Count());
        }

        foreach (var error in plan.Errors)
        {
            _logger.FileDoesNotHold(error.File, error.Line, error.Column, error.Message);
        }

        Volatile.Write(ref _errors, plan.Errors.Count);
    }

    public void NotApplied(string reason)
    {
        _logger.FilesNotApplied(reason);
        Volatile.Write(ref _errors, 1);
    }

    public void Failed(Exception exception)
    {
        _logger.FilesFailed(exception);
        Volatile.Write(ref _errors, 1);
    }
}
