namespace Signalbox.Telemetry.Metrics.Exposition;

/// <summary>Finds the name and the labels at the start of a sample line, and label sets elsewhere; remembers where they stand.</summary>
/// <remarks>One instance serves a whole exposition; its labels are those of the last scan.</remarks>
internal sealed class SeriesScanner(bool strict)
{
    /// <summary>Most labels of one line; far more than any series has, and few enough that hostile lines stay cheap to sort.</summary>
    public const int MaxLabels = 512;

    private ExpositionLabel[] _labels = new ExpositionLabel[16];
    private int _count;

    public ReadOnlySpan<ExpositionLabel> Labels => _labels.AsSpan(0, _count);

    /// <summary>Scans <c>name{labels}</c> or <c>{"name",labels}</c> at the start of a line.</summary>
    /// <param name="end">Set to the position after the series.</param>
    /// <returns>Null, or what is wrong.</returns>
    public string? ScanSeries(ReadOnlySpan<byte> line, out int end)
    {
        _count = 0;
        var nameLength = ExpositionText.NameLength(line, ExpositionText.MetricNameBytes);
        end = nameLength;
        if (nameLength > 0)
        {
            Add(new ExpositionLabel(ExpositionLabel.ImpliedName, 0, 0, nameLength, NameEscaped: false, ValueEscaped: false));
            var brace = SkipSpace(line, end);
            if (brace >= line.Length || line[brace] != '{')
            {
                return null;
            }

            end = brace;
        }
        else if (line.IsEmpty || line[0] != '{')
        {
            return "a metric name is missing or not valid";
        }

        var error = ScanLabels(line, ref end, allowMetricName: nameLength == 0);
        return error ?? (_count == 0 || _labels[0].NameStart != ExpositionLabel.ImpliedName ? "a metric name is missing" : null);
    }

    /// <summary>Scans the label set of an exemplar.</summary>
    /// <param name="position">At the opening brace; set to the position after the closing one.</param>
    /// <returns>Null, or what is wrong.</returns>
    public string? ScanLabelSet(ReadOnlySpan<byte> line, ref int position)
    {
        _count = 0;
        return position < line.Length && line[position] == '{' ? ScanLabels(line, ref position, allowMetricName: false) : "'{' is missing";
    }

    /// <summary>Scans a metric name, bare or quoted, within a metadata line.</summary>
    /// <returns>The name in UTF-8; empty when there is none.</returns>
    public static ReadOnlySpan<byte> ScanName(ReadOnlySpan<byte> text, out int end)
    {
        if (text.IsEmpty || text[0] != '"')
        {
            end = ExpositionText.NameLength(text, ExpositionText.MetricNameBytes);
            return text[..end];
        }

        end = QuotedLength(text);
        return end < 0 ? [] : ExpositionText.Unescape(text[1..(end - 1)]);
    }

    private static int QuotedLength(ReadOnlySpan<byte> text)
    {
        for (var position = 1; position < text.Length;)
        {
            var stop = text[position..].IndexOfAny((byte)'"', (byte)'\\');
            if (stop < 0)
            {
                return -1;
            }

            position += stop;
            if (text[position] == '"')
            {
                return position + 1;
            }

            position += 2;
        }

        return -1;
    }

    private string? ScanLabels(ReadOnlySpan<byte> line, ref int position, bool allowMetricName)
    {
        position = SkipSpace(line, position + 1);
        if (position < line.Length && line[position] == '}')
        {
            position++;
            return null;
        }

        while (true)
        {
            var error = ScanLabel(line, ref position, allowMetricName && _count == 0);
            if (error is not null)
            {
                return error;
            }

            position = SkipSpace(line, position);
            if (position >= line.Length || _count > MaxLabels)
            {
                return _count > MaxLabels ? "there are more than 512 labels" : "the label set is not closed";
            }

            if (line[position] == '}')
            {
                position++;
                return null;
            }

            if (line[position] != ',')
            {
                return "',' or '}' is missing after a label";
            }

            position = SkipSpace(line, position + 1);
            if (!strict && position < line.Length && line[position] == '}')
            {
                position++;
                return null;
            }
        }
    }

    private string? ScanLabel(ReadOnlySpan<byte> line, ref int position, bool allowMetricName)
    {
        var nameStart = position;
        var nameEscaped = false;
        int nameLength;
        if (position < line.Length && line[position] == '"')
        {
            var quoted = QuotedLength(line[position..]);
            if (quoted <= 2)
            {
                return quoted < 0 ? "a quoted name is not closed" : "a quoted name is empty";
            }

            nameStart++;
            nameLength = quoted - 2;
            nameEscaped = line.Slice(nameStart, nameLength).Contains((byte)'\\');
            position = SkipSpace(line, position + quoted);
            if (allowMetricName && (position >= line.Length || line[position] != '='))
            {
                Add(new ExpositionLabel(ExpositionLabel.ImpliedName, 0, nameStart, nameLength, NameEscaped: false, nameEscaped));
                return null;
            }
        }
        else
        {
            nameLength = ExpositionText.NameLength(line[position..], ExpositionText.LabelNameBytes);
            if (nameLength == 0)
            {
                return "a label name is missing or not valid";
            }

            position = SkipSpace(line, position + nameLength);
        }

        return ScanValue(line, ref position, nameStart, nameLength, nameEscaped);
    }

    private string? ScanValue(ReadOnlySpan<byte> line, ref int position, int nameStart, int nameLength, bool nameEscaped)
    {
        if (position >= line.Length || line[position] != '=')
        {
            return "'=' is missing after a label name";
        }

        position = SkipSpace(line, position + 1);
        if (position >= line.Length || line[position] != '"')
        {
            return "a label value is not quoted";
        }

        var quoted = QuotedLength(line[position..]);
        if (quoted < 0)
        {
            return "a label value is not closed";
        }

        var escaped = line.Slice(position + 1, quoted - 2).Contains((byte)'\\');
        Add(new ExpositionLabel(nameStart, nameLength, position + 1, quoted - 2, nameEscaped, escaped));
        position += quoted;
        return null;
    }

    private int SkipSpace(ReadOnlySpan<byte> line, int position)
    {
        while (!strict && position < line.Length && line[position] is (byte)' ' or (byte)'\t')
        {
            position++;
        }

        return position;
    }

    private void Add(ExpositionLabel label)
    {
        if (_count == _labels.Length)
        {
            Array.Resize(ref _labels, _count * 2);
        }

        _labels[_count++] = label;
    }
}
