using Signalbox.PromQL.Evaluation;
using Signalbox.PromQL.Model;
using Signalbox.PromQL.Syntax;

namespace Signalbox.PromQL.Functions;

/// <summary>The samples of one series in one step's window.</summary>
internal readonly ref struct Window
{
    /// <summary>Milliseconds of the floats, ascending.</summary>
    public required ReadOnlySpan<long> Times { get; init; }

    public required ReadOnlySpan<double> Values { get; init; }

    /// <summary>Milliseconds of the histograms, ascending.</summary>
    public ReadOnlySpan<long> HistogramTimes { get; init; }

    public ReadOnlySpan<HistogramSample> Histograms { get; init; }

    /// <summary>Where the floats begin within the series' samples.</summary>
    public int First { get; init; }

    /// <summary>Left end in milliseconds, exclusive.</summary>
    public long Start { get; init; }

    /// <summary>Right end in milliseconds, inclusive.</summary>
    public long End { get; init; }

    public int Step { get; init; }

    /// <summary>The step's own time in milliseconds, which an offset does not move.</summary>
    public long EvaluationTime { get; init; }
}

/// <summary>What a window function needs beside samples: the series' name and place for its annotations.</summary>
internal sealed class WindowNotes(Annotations annotations, TextRange place)
{
    public Annotations Annotations => annotations;

    public TextRange Place => place;

    /// <summary>The current series' labels.</summary>
    public Labels Labels { get; set; } = Labels.Empty;

    public void WarnMixed() => annotations.Warn($"encountered a mix of histograms and floats for metric name {StringText.Quote(Labels.Name)}", place);

    public void InformHistogramsIgnored() => annotations.Inform(
        $"ignored histograms in a range containing both floats and histograms for metric name {StringText.Quote(Labels.Name)}", place);
}

/// <summary>A function of windows. Implementations are structs, so that the loop over the steps is compiled for each of them.</summary>
internal interface IWindowFunction
{
    /// <summary>Called before the windows of each series.</summary>
    void Begin(RangeSamples samples, WindowNotes notes);

    /// <summary>Writes the result of one window; what it does not write stays absent. The window is never empty.</summary>
    void Apply(in Window window, Column output);
}

/// <summary>A function of windows that ignores histograms, and says so when there are floats beside them.</summary>
internal interface IFloatFunction
{
    /// <summary>The result, or <see cref="Column.Absent"/>; there is at least one float.</summary>
    double Apply(in Window window);
}

/// <summary>Lets an <see cref="IFloatFunction"/> run over windows.</summary>
internal struct FloatsOnly<T>(T function) : IWindowFunction
    where T : struct, IFloatFunction
{
    private readonly T _function = function;
    private WindowNotes? _notes;

    public void Begin(RangeSamples samples, WindowNotes notes) => _notes = notes;

    public void Apply(in Window window, Column output)
    {
        if (window.Values.Length == 0)
        {
            return;
        }

        if (window.Histograms.Length > 0)
        {
            _notes!.InformHistogramsIgnored();
        }

        output.Values[window.Step] = _function.Apply(window);
    }
}
