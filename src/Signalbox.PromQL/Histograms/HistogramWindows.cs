using Signalbox.PromQL.Evaluation;
using Signalbox.PromQL.Functions;
using Signalbox.PromQL.Model;
using Signalbox.PromQL.Syntax;

namespace Signalbox.PromQL.Histograms;

/// <summary>What window functions do with native histograms.</summary>
internal static class HistogramWindows
{
    public static void WarnIncompatible(WindowNotes notes) => notes.Annotations.Warn(
        $"vector contains a mix of histograms with exponential and custom buckets schemas for metric name {StringText.Quote(notes.Labels.Name)}", notes.Place);

    /// <summary>The difference between the last and the first histogram, for counters with what resets in between hide.</summary>
    /// <param name="samples">At least two.</param>
    /// <returns>Null, with a warning, when the layouts cannot be combined.</returns>
    public static HistogramSample? Change(ReadOnlySpan<HistogramSample> samples, bool isCounter, WindowNotes notes)
    {
        var first = samples[0];
        WarnOfKind(samples, isCounter, notes);
        if (isCounter && HistogramMath.IsReset(first, samples[1]))
        {
            // What came before the reset does not matter, not even its layout.
            first = new HistogramSample { Schema = samples[1].Schema, CustomValues = samples[1].CustomValues, ZeroThreshold = samples[1].ZeroThreshold };
        }

        var custom = HistogramMath.IsCustom(first);
        foreach (var sample in samples[(isCounter ? 1 : samples.Length - 1)..])
        {
            if (HistogramMath.IsCustom(sample) != custom)
            {
                WarnIncompatible(notes);
                return null;
            }
        }

        var change = HistogramMath.TryAdd(samples[^1], first, -1, out var reconciled)!;
        if (reconciled)
        {
            notes.Annotations.Inform("mismatched custom buckets were reconciled during subtraction", notes.Place);
        }

        var before = first;
        for (var index = 1; isCounter && index < samples.Length; index++)
        {
            if (HistogramMath.IsReset(before, samples[index]))
            {
                change = HistogramMath.TryAdd(change, before, 1, out _)!;
            }

            before = samples[index];
        }

        return HistogramMath.Gauge(change);
    }

    /// <summary>The difference between two neighbours; after a reset of a counter, the later one alone.</summary>
    public static HistogramSample? InstantChange(HistogramSample before, HistogramSample after, bool isCounter, WindowNotes notes)
    {
        WarnOfKind([before, after], isCounter, notes);
        if (isCounter && HistogramMath.IsReset(before, after))
        {
            return after;
        }

        if (HistogramMath.TryAdd(after, before, -1, out var reconciled) is not { } change)
        {
            WarnIncompatible(notes);
            return null;
        }

        if (reconciled)
        {
            notes.Annotations.Inform("mismatched custom buckets were reconciled during subtraction", notes.Place);
        }

        return change;
    }

    /// <summary>Writes the sum or mean of a window that holds histograms; with floats beside them there is none.</summary>
    public static void SumOrAverage(in Window window, Column output, bool average, WindowNotes notes)
    {
        if (window.Values.Length > 0)
        {
            notes.WarnMixed();
            return;
        }

        var sum = new HistogramSum();
        foreach (var histogram in window.Histograms)
        {
            sum.Add(histogram);
        }

        if (sum.Incompatible)
        {
            WarnIncompatible(notes);
            return;
        }

        if (sum.Reconciled)
        {
            notes.Annotations.Inform("mismatched custom buckets were reconciled during aggregation", notes.Place);
        }

        if (sum.ConflictingResets)
        {
            notes.Annotations.Warn("conflicting counter resets during histogram aggregation", notes.Place);
        }

        output.SetHistogram(window.Step, average ? sum.Average : sum.Sum);
    }

    private static void WarnOfKind(ReadOnlySpan<HistogramSample> samples, bool isCounter, WindowNotes notes)
    {
        var name = StringText.Quote(notes.Labels.Name);
        if (!isCounter)
        {
            if (samples[0].CounterResetHint != CounterResetHint.Gauge || samples[^1].CounterResetHint != CounterResetHint.Gauge)
            {
                notes.Annotations.Warn($"this native histogram metric is not a gauge: {name}", notes.Place);
            }

            return;
        }

        foreach (var sample in samples)
        {
            if (sample.CounterResetHint == CounterResetHint.Gauge)
            {
                notes.Annotations.Warn($"this native histogram metric is not a counter: {name}", notes.Place);
                return;
            }
        }
    }
}
