using System.Text;
using Signalbox.PromQL.Model;

namespace Signalbox.Telemetry.Metrics.Exposition;

/// <summary>One sample line of a text exposition; valid during the callback only.</summary>
public readonly ref struct ExpositionSample
{
    private readonly ReadOnlySpan<byte> _line;
    private readonly ReadOnlySpan<ExpositionLabel> _labels;

    internal ExpositionSample(ReadOnlySpan<byte> line, ReadOnlySpan<byte> series, ReadOnlySpan<ExpositionLabel> labels, int lineNumber)
    {
        _line = line;
        SeriesText = series;
        _labels = labels;
        LineNumber = lineNumber;
    }

    /// <summary>The bytes that name the series, as the target wrote them: the same text is the same series, so it can be the key of a scrape cache.</summary>
    public ReadOnlySpan<byte> SeriesText { get; }

    public double Value { get; internal init; }

    /// <summary>Milliseconds since the Unix epoch; null when the target left the time to the scraper.</summary>
    public long? Timestamp { get; internal init; }

    /// <summary>1 for the first line.</summary>
    public int LineNumber { get; }

    /// <summary>Adds the labels, name included, to the series that was begun on a batch.</summary>
    public void AddLabelsTo(MetricBatch batch)
    {
        foreach (var label in _labels)
        {
            batch.AddLabel(label.NameOf(_line), label.ValueOf(_line));
        }
    }

    /// <summary>The labels, name included.</summary>
    /// <exception cref="ExpositionFormatException">A label name appears twice.</exception>
    public Labels ToLabels()
    {
        var labels = new List<Label>(_labels.Length);
        foreach (var label in _labels)
        {
            labels.Add(new Label(Encoding.UTF8.GetString(label.NameOf(_line)), Encoding.UTF8.GetString(label.ValueOf(_line))));
        }

        try
        {
            return Labels.From(labels);
        }
        catch (ArgumentException)
        {
            throw RepeatedLabel();
        }
    }

    /// <summary>The error for a line whose labels repeat a name.</summary>
    public ExpositionFormatException RepeatedLabel() => new("a label name appears twice", LineNumber, _line);
}
