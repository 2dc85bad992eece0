using System.Globalization;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Readings.Report;

namespace Signalbox.Runner.Resources;

/// <summary>Tells what a run used, from its samples and events.</summary>
internal sealed class ResourceReading(RunStart start) : IRunReader
{
    /// <summary>The value of the closing event that holds the processor time of the command, which short runs have no sample of.</summary>
    public const string CpuSecondsValue = "cpuSeconds";

    private readonly ResourceChart _chart = new();
    private ResourceSample? _last;
    private ResourceSample? _peak;
    private double _cpuSeconds;
    private double _endCpuSeconds;
    private long? _oomKills;
    private long _warnings;
    private long _collections;
    private long _samples;
    private bool _isHigh;

    public ResourceReport Report => new()
    {
        LimitBytes = start.Limits.MemoryBytes,
        PeakBytes = _peak?.MemoryBytes ?? 0,
        PeakPercent = _peak?.MemoryPercent ?? 0,
        Measure = _peak?.Measure,
        CpuSeconds = Math.Max(_cpuSeconds, _endCpuSeconds),
        OomKills = _oomKills,
        Warnings = _warnings,
        GarbageCollections = _collections,
        Samples = _samples,
        Chart = _chart.Points,
        Runner = _last is { } last ? new RunnerResources(last.HeapAlloc, last.HeapSys, last.Goroutines, last.NumGc, last.CpuPercent, last.MemoryBytes) : null,
    };

    public void Take(RunFact fact)
    {
        switch (fact)
        {
            case ResourceSample sample:
                Take(sample);
                break;
            case RunnerEvent { Kind: RunnerEventKind.GarbageCollected }:
                _collections++;
                break;
            case RunnerEvent { Kind: RunnerEventKind.Ended } ended
                when double.TryParse(ended.Values.GetValueOrDefault(CpuSecondsValue), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && double.IsFinite(seconds):
                _endCpuSeconds = seconds;
                break;
        }
    }

    private void Take(ResourceSample sample)
    {
        _samples++;
        _last = sample;
        if (_peak is null || sample.MemoryBytes > _peak.MemoryBytes)
        {
            _peak = sample;
        }

        _cpuSeconds = Math.Max(_cpuSeconds, sample.CpuSeconds);
        _oomKills = sample.OomKills is { } kills ? Math.Max(_oomKills ?? 0, kills) : _oomKills;
        var isHigh = sample.Level != "normal";
        _warnings += isHigh && !_isHigh ? 1 : 0;
        _isHigh = isHigh;
        _chart.Add([
            Math.Round((sample.At - start.At).TotalSeconds, 3),
            Math.Max(0, sample.MemoryBytes - sample.RunnerBytes),
            sample.RunnerBytes,
            sample.CpuPercent,
        ]);
    }
}
