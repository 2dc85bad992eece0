using System.Diagnostics.Metrics;

namespace Signalbox.Sdk.Redaction;

/// <summary>Counts what all redactors of the process erased, on the meter <c>Signalbox.Redaction</c>.</summary>
internal static class RedactionMeter
{
    private static readonly Meter Meter = new("Signalbox.Redaction");

    private static readonly Counter<long> ErasedCounter = Meter.CreateCounter<long>("signalbox.redaction.erased", "{place}", "Places where a secret was erased, by rule.");

    private static readonly Counter<long> TimedOutCounter = Meter.CreateCounter<long>("signalbox.redaction.timed_out", "{text}", "Texts erased whole because a pattern took too long.");

    public static void Erased(string rule) => ErasedCounter.Add(1, new KeyValuePair<string, object?>("rule", rule));

    public static void TimedOut() => TimedOutCounter.Add(1);
}
