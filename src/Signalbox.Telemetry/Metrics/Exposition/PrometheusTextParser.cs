using System.Buffers.Text;

namespace Signalbox.Telemetry.Metrics.Exposition;

/// <summary>Parses Prometheus text format 0.0.4, with quoted UTF-8 names as Prometheus 3 added them.</summary>
internal ref struct PrometheusTextParser(ReadOnlySpan<byte> text, IExpositionVisitor visitor)
{
    private readonly SeriesScanner _scanner = new(strict: false);
    private readonly ReadOnlySpan<byte> _text = text;
    private PendingMetadata _metadata;
    private int _lineNumber;
    private int _samples;

    public ExpositionSummary Parse()
    {
        var rest = _text;
        while (!rest.IsEmpty)
        {
            _lineNumber++;
            var end = rest.IndexOf((byte)'\n');
            ParseLine(end < 0 ? rest : rest[..end]);
            rest = end < 0 ? [] : rest[(end + 1)..];
        }

        _metadata.Flush(visitor);
        return new ExpositionSummary(_samples, 0, 0);
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) => text.Trim(" \t"u8);

    /// <summary>Takes the next word off the front of the text.</summary>
    private static ReadOnlySpan<byte> NextWord(ref ReadOnlySpan<byte> text)
    {
        text = text.TrimStart(" \t"u8);
        var end = text.IndexOfAny((byte)' ', (byte)'\t');
        var word = end < 0 ? text : text[..end];
        text = text[word.Length..];
        return word;
    }

    private void ParseLine(ReadOnlySpan<byte> line)
    {
        var content = line.TrimStart(" \t"u8);
        if (content.IsEmpty)
        {
            return;
        }

        if (content[0] == '#')
        {
            ParseComment(line, content[1..]);
        }
        else
        {
            ParseSample(content);
        }
    }

    private void ParseComment(ReadOnlySpan<byte> line, ReadOnlySpan<byte> rest)
    {
        var keyword = NextWord(ref rest);
        var isHelp = keyword.SequenceEqual("HELP"u8);
        if (!isHelp && !keyword.SequenceEqual("TYPE"u8))
        {
            return;
        }

        rest = rest.TrimStart(" \t"u8);
        var name = SeriesScanner.ScanName(rest, out var end);
        if (name.IsEmpty || (end < rest.Length && rest[end] is not ((byte)' ' or (byte)'\t')))
        {
            throw new ExpositionFormatException("a metadata line has no valid metric name", _lineNumber, line);
        }

        rest = rest[end..].TrimStart(" \t"u8);
        if (isHelp)
        {
            _metadata.Add(visitor, name, null, rest, []);
            return;
        }

        var type = ExpositionText.TypeOf(Trim(rest), allowUntyped: true)
            ?? throw new ExpositionFormatException("a TYPE line names no known type", _lineNumber, line);
        _metadata.Add(visitor, name, type, [], []);
    }

    private void ParseSample(ReadOnlySpan<byte> line)
    {
        _metadata.Flush(visitor);
        var error = _scanner.ScanSeries(line, out var end);
        var rest = error is null ? line[end..] : [];
        var valueWord = NextWord(ref rest);
        var timestampWord = NextWord(ref rest);
        var value = 0.0;
        if (error is null && !ExpositionText.TryParseNumber(valueWord, out value))
        {
            error = "the value is missing or not a number";
        }

        long? timestamp = null;
        if (error is null && !timestampWord.IsEmpty)
        {
            error = Utf8Parser.TryParse(timestampWord, out long milliseconds, out var consumed) && consumed == timestampWord.Length
                ? null
                : "the timestamp is not a whole number of milliseconds";
            timestamp = milliseconds;
        }

        error ??= Trim(rest).IsEmpty ? null : "text follows the timestamp";
        if (error is not null)
        {
            throw new ExpositionFormatException(error, _lineNumber, line);
        }

        _samples++;
        visitor.OnSample(new ExpositionSample(line, line[..end], _scanner.Labels, _lineNumber) { Value = value, Timestamp = timestamp });
    }
}
