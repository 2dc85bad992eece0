using System.Diagnostics.Metrics;

namespace Signalbox.Sdk.Operations;

/// <summary>Counts of all operations of the process, on the meter <c>Signalbox.Operations</c>.</summary>
internal static class OperationMeter
{
    private static readonly Meter Meter = new("Signalbox.Operations");

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("signalbox.operation.duration", "s", "How long operations took, by outcome.");

    private static readonly Histogram<double> MemoryDelta = Meter.CreateHistogram<double>("signalbox.operation.memory_delta", "By", "What operations left on the managed heap.");

    private static readonly Counter<long> SlowCounter = Meter.CreateCounter<long>("signalbox.operation.slow", "{run}", "Runs that took longer than their threshold.");

    private static readonly Counter<long> ObserverCounter = Meter.CreateCounter<long>("signalbox.operation.observer_errors", "{error}", "Exceptions of the application's own observer of operations.");

    public static void Recorded(string label, OperationRecord record)
    {
        var operation = new KeyValuePair<string, object?>("operation", label);
        Duration.Record(record.Duration.TotalSeconds, operation, new KeyValuePair<string, object?>("outcome", record.Succeeded ? "success" : "error"));
        MemoryDelta.Record(record.MemoryDelta, operation);
    }

    public static void Slow(string label) => SlowCounter.Add(1, new KeyValuePair<string, object?>("operation", label));

    public static void ObserverFailed() => ObserverCounter.Add(1);
}
