using System.Globalization;
using System.Text.RegularExpressions;
using Signalbox.PromQL.Histograms;
using Signalbox.PromQL.Model;

namespace Signalbox.PromQL.Tests.Scripting;

/// <summary>One value of a series line: a gap when there is neither a float nor a histogram.</summary>
internal readonly record struct ScriptValue(double? Float, HistogramSample? Histogram, bool HintWritten)
{
    public bool IsGap => Float is null && Histogram is null;
}

/// <summary>One line such as <c>metric{a="b"} 0+10x5 _ stale</c>.</summary>
internal sealed record SeriesLine(Labels Labels, bool IsStartTimestamps, IReadOnlyList<ScriptValue> Values)
{
    public static SeriesLine Parse(string line)
    {
        var end = EndOfMetric(line);
        var metric = line[..end].Trim();
        var startTimestamps = metric.EndsWith("@st", StringComparison.Ordinal);
        metric = startTimestamps ? metric[..^3] : metric;
        return new SeriesLine(ParseLabels(metric), startTimestamps, startTimestamps ? [] : SeriesNotation.Parse(line[end..]));
    }

    public static Labels ParseLabels(string metric)
    {
        if (metric is "{}" or "")
        {
            return Labels.Empty;
        }

        return Labels.From(PromQLParser.ParseSelector(metric).Select(static matcher => new Label(matcher.Name, matcher.Value)));
    }

    private static int EndOfMetric(string line)
    {
        var braces = 0;
        var quote = '\0';
        for (var index = 0; index < line.Length; index++)
        {
            var c = line[index];
            if (quote != '\0')
            {
                index += c == '\\' && quote != '`' ? 1 : 0;
                quote = c == quote ? '\0' : quote;
            }
            else if (c is '"' or '\'' or '`')
            {
                quote = c;
            }
            else if (c is '{' or '}')
            {
                braces += c == '{' ? 1 : -1;
            }
            else if (char.IsWhiteSpace(c) && braces == 0)
            {
                return index;
            }
        }

        return line.Length;
    }
}

/// <summary>Reads the items of series lines.</summary>
internal static partial class SeriesNotation
{
    public static IReadOnlyList<ScriptValue> Parse(string text)
    {
        List<ScriptValue> values = [];
        var rest = text.Trim();
        while (rest.Length > 0)
        {
            rest = (rest.StartsWith("{{", StringComparison.Ordinal) ? TakeHistogram(rest, values) : TakeFloat(rest, values)).TrimStart();
        }

        return values;
    }

    [GeneratedRegex(@"^(?:(?<gap>_)|(?<stale>stale)|(?<value>[+-]?(?:inf|nan|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?))(?<step>[+-](?:inf|nan|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?))?)(?:x(?<times>\d+))?(?=\s|$)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FloatItem();

    [GeneratedRegex(@"^(?<first>\{\{.*?\}\})(?:(?<sign>[+-])(?<step>\{\{.*?\}\}))?(?:x(?<times>\d+))?(?=\s|$)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HistogramItem();

    [GeneratedRegex(@"(?<name>[a-z_]+):(?:\[(?<list>[^\]]*)\]|(?<value>[^\s}]+))", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HistogramField();

    private static string TakeFloat(string text, List<ScriptValue> values)
    {
        var match = FloatItem().Match(text);
        if (!match.Success)
        {
            throw new FormatException($"No series item: {text}");
        }

        var times = match.Groups["times"].Success ? int.Parse(match.Groups["times"].Value, CultureInfo.InvariantCulture) : 0;
        if (match.Groups["gap"].Success)
        {
            values.AddRange(Enumerable.Repeat(default(ScriptValue), Math.Max(1, times)));
        }
        else if (match.Groups["stale"].Success)
        {
            values.Add(new ScriptValue(StaleMarker.Value, null, false));
        }
        else
        {
            var value = Number(match.Groups["value"].Value);
            var step = match.Groups["step"].Success ? Number(match.Groups["step"].Value) : 0;
            for (var index = 0; index <= times; index++)
            {
                values.Add(new ScriptValue(value, null, false));
                value += step;
            }
        }

        return text[match.Length..];
    }

    private static string TakeHistogram(string text, List<ScriptValue> values)
    {
        var match = HistogramItem().Match(text);
        if (!match.Success)
        {
            throw new FormatException($"No histogram item: {text}");
        }

        var times = match.Groups["times"].Success ? int.Parse(match.Groups["times"].Value, CultureInfo.InvariantCulture) : 0;
        var value = Histogram(match.Groups["first"].Value, out var hint);
        var step = match.Groups["step"].Success ? Histogram(match.Groups["step"].Value, out _) : null;
        for (var index = 0; index <= times; index++)
        {
            values.Add(new ScriptValue(null, value, hint));
            if (step is not null)
            {
                var next = HistogramMath.TryAdd(value, step, match.Groups["sign"].Value == "-" ? -1 : 1, out _)
                    ?? throw new FormatException($"Histograms do not add up: {text}");
                value = next with { CounterResetHint = value.CounterResetHint };
            }
        }

        return text[match.Length..];
    }

    private static double Number(string text) => text.TrimStart('+', '-').ToLowerInvariant() switch
    {
        "inf" => text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity,
        "nan" => double.NaN,
        _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    private static HistogramSample Histogram(string text, out bool hintWritten)
    {
        var fields = HistogramField().Matches(text).ToDictionary(
            static match => match.Groups["name"].Value,
            static match => match.Groups["list"].Success ? match.Groups["list"].Value : match.Groups["value"].Value);
        double Value(string name) => fields.TryGetValue(name, out var value) ? Number(value) : 0;
        double[] List(string name) => fields.TryGetValue(name, out var value)
            ? [.. value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Number)]
            : [];
        hintWritten = fields.ContainsKey("counter_reset_hint");
        var (positive, negative) = (List("buckets"), List("n_buckets"));
        return new HistogramSample
        {
            Schema = (int)Value("schema"),
            Sum = Value("sum"),
            Count = Value("count"),
            ZeroCount = Value("z_bucket"),
            ZeroThreshold = Value("z_bucket_w"),
            CustomValues = List("custom_values"),
            PositiveSpans = positive.Length == 0 ? [] : [new BucketSpan((int)Value("offset"), (uint)positive.Length)],
            PositiveBuckets = positive,
            NegativeSpans = negative.Length == 0 ? [] : [new BucketSpan((int)Value("n_offset"), (uint)negative.Length)],
            NegativeBuckets = negative,
            CounterResetHint = fields.GetValueOrDefault("counter_reset_hint") switch
            {
                "reset" => CounterResetHint.Reset,
                "not_reset" => CounterResetHint.NotReset,
                "gauge" => CounterResetHint.Gauge,
                _ => CounterResetHint.Unknown,
            },
        };
    }
}
