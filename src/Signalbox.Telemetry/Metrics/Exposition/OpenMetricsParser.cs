namespace Signalbox.Telemetry.Metrics.Exposition;

/// <summary>Parses OpenMetrics 1.0 line by line; <see cref="OpenMetricsFamily"/> knows the rules between lines.</summary>
internal ref struct OpenMetricsParser(ReadOnlySpan<byte> text, IExpositionVisitor visitor)
{
    private readonly SeriesScanner _scanner = new(strict: true);
    private readonly SeriesScanner _exemplarScanner = new(strict: true);
    private readonly OpenMetricsFamily _family = new();
    private readonly ReadOnlySpan<byte> _text = text;
    private PendingMetadata _metadata;
    private ReadOnlySpan<byte> _line;
    private int _lineNumber;
    private int _samples;
    private int _exemplars;
    private int _duplicates;

    public ExpositionSummary Parse()
    {
        var rest = _text;
        while (!rest.IsEmpty)
        {
            _lineNumber++;
            var end = rest.IndexOf((byte)'\n');
            _line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? [] : rest[(end + 1)..];
            if (_line.SequenceEqual("# EOF"u8))
            {
                return Finish(rest);
            }

            if (end < 0)
            {
                throw Error("the last line is not '# EOF'");
            }

            ParseLine();
        }

        _line = [];
        throw Error("'# EOF' is missing at the end");
    }

    private ExpositionSummary Finish(ReadOnlySpan<byte> rest)
    {
        if (!rest.IsEmpty)
        {
            throw Error("text follows '# EOF'");
        }

        Check(_family.Close());
        _metadata.Flush(visitor);
        return new ExpositionSummary(_samples, _exemplars, _duplicates);
    }

    private void ParseLine()
    {
        if (_line.IsEmpty)
        {
            throw Error("a blank line is not allowed");
        }

        if (_line[0] == '#')
        {
            ParseMetadata();
        }
        else
        {
            ParseSample();
        }
    }

    private void ParseMetadata()
    {
        var keyword = _line.Length > 7 ? _line[..7] : [];
        var isHelp = keyword.SequenceEqual("# HELP "u8);
        var isType = keyword.SequenceEqual("# TYPE "u8);
        if (!isHelp && !isType && !keyword.SequenceEqual("# UNIT "u8))
        {
            throw Error("a comment is neither HELP, TYPE, UNIT nor EOF");
        }

        var rest = _line[7..];
        var name = SeriesScanner.ScanName(rest, out var end);
        if (name.IsEmpty || end >= rest.Length || rest[end] != ' ')
        {
            throw Error("a metadata line has no valid metric name followed by a space");
        }

        rest = rest[(end + 1)..];
        if (isHelp)
        {
            Check(_family.AddHelp(name));
            _metadata.Add(visitor, name, null, rest, []);
        }
        else if (isType)
        {
            var type = ExpositionText.TypeOf(rest, allowUntyped: false) ?? throw Error("a TYPE line names no known type");
            Check(_family.AddType(name, type));
            _metadata.Add(visitor, name, type, [], []);
        }
        else
        {
            Check(_family.AddUnit(name, rest));
            _metadata.Add(visitor, name, null, [], rest);
        }
    }

    private void ParseSample()
    {
        Check(_scanner.ScanSeries(_line, out var end));
        var series = _line[..end];
        if (end >= _line.Length || _line[end] != ' ')
        {
            throw Error("a space and a value are missing after the series");
        }

        var rest = _line[(end + 1)..];
        var hash = rest.IndexOf(" # "u8);
        var numbers = hash < 0 ? rest : rest[..hash];
        var space = numbers.IndexOf((byte)' ');
        if (!ExpositionText.TryParseNumber(space < 0 ? numbers : numbers[..space], out var value))
        {
            throw Error("the value is not a number");
        }

        double? seconds = null;
        if (space >= 0)
        {
            seconds = ExpositionText.TryParseReal(numbers[(space + 1)..], out var parsed) && double.IsFinite(parsed)
                ? parsed
                : throw Error("the timestamp is not a number of seconds");
        }

        if (hash >= 0)
        {
            Check(OpenMetricsExemplar.Check(_exemplarScanner, _line, end + 1 + hash + 3));
            _exemplars++;
        }

        Check(_family.AddSample(_line, _scanner.Labels, new OpenMetricsPoint(value, seconds, hash >= 0), out var duplicate));
        Deliver(series, value, seconds, duplicate);
    }

    private void Deliver(ReadOnlySpan<byte> series, double value, double? seconds, bool duplicate)
    {
        if (duplicate)
        {
            _duplicates++;
            return;
        }

        _samples++;
        _metadata.Flush(visitor);
        visitor.OnSample(new ExpositionSample(_line, series, _scanner.Labels, _lineNumber)
        {
            Value = value,
            Timestamp = seconds is { } time ? Milliseconds(time) : null,
        });
    }

    /// <summary>To the nearest millisecond; a time beyond what 64 bits hold becomes the first or the last that they do.</summary>
    private static long Milliseconds(double seconds) => Math.Round(seconds * 1000) switch
    {
        >= long.MaxValue => long.MaxValue,
        <= long.MinValue => long.MinValue,
        var rounded => (long)rounded,
    };

    private readonly void Check(string? error)
    {
        if (error is not null)
        {
            throw Error(error);
        }
    }

    private readonly ExpositionFormatException Error(string what) => new(what, _lineNumber, _line);
}
