using System.Text.Json;
using Signalbox.PromQL;
using Signalbox.PromQL.Model;

namespace Signalbox.Server.Query.Responses;

/// <summary>Writes query results in the form of Prometheus's JSON.</summary>
/// <remarks>
/// Points are put together as bytes and handed over whole, because there are many of them and a general writer costs several times as much a point.
/// Source: https://prometheus.io/docs/prometheus/latest/querying/api/#expression-query-result-formats
/// </remarks>
internal sealed class ResultWriter(Envelope envelope)
{
    /// <summary>Writes the members <c>resultType</c> and <c>result</c>.</summary>
    /// <param name="limit">Most series to write; 0 means all.</param>
    /// <returns>False when series were left out.</returns>
    public async ValueTask<bool> WriteAsync(QueryValue value, int limit, CancellationToken cancellationToken)
    {
        var json = envelope.Json;
        json.WriteString("resultType"u8, TypeOf(value));
        json.WritePropertyName("result"u8);
        switch (value)
        {
            case ScalarValue scalar:
                WriteTextPair(scalar.Timestamp, FormatValue.Float(scalar.Value));
                return true;
            case StringValue text:
                WriteTextPair(text.Timestamp, text.Value);
                return true;
            case VectorValue vector:
                return await WriteVectorAsync(vector, Shown(vector.Samples.Count, limit), cancellationToken);
            case MatrixValue matrix:
                return await WriteMatrixAsync(matrix, Shown(matrix.Series.Count, limit), cancellationToken);
            default:
                throw new InvalidOperationException($"A query cannot give {value.GetType()}.");
        }
    }

    public static void WriteLabels(Utf8JsonWriter json, Labels labels)
    {
        json.WriteStartObject();
        foreach (var label in labels.AsSpan())
        {
            json.WriteString(label.Name, label.Value);
        }

        json.WriteEndObject();
    }

    private static ReadOnlySpan<byte> TypeOf(QueryValue value) => value switch
    {
        ScalarValue => "scalar"u8,
        StringValue => "string"u8,
        VectorValue => "vector"u8,
        _ => "matrix"u8,
    };

    private static int Shown(int count, int limit) => limit == 0 ? count : Math.Min(count, limit);

    private void WriteTextPair(long timestamp, string text)
    {
        envelope.Json.WriteStartArray();
        envelope.Json.WriteNumberValue(timestamp / 1000.0);
        envelope.Json.WriteStringValue(text);
        envelope.Json.WriteEndArray();
    }

    private async ValueTask<bool> WriteVectorAsync(VectorValue vector, int shown, CancellationToken cancellationToken)
    {
        envelope.Json.WriteStartArray();
        for (var index = 0; index < shown; index++)
        {
            WriteSample(vector.Samples[index], vector.Timestamp);
            await envelope.YieldAsync(cancellationToken);
        }

        envelope.Json.WriteEndArray();
        return shown == vector.Samples.Count;
    }

    private void WriteSample(VectorSample sample, long timestamp)
    {
        var json = envelope.Json;
        json.WriteStartObject();
        json.WritePropertyName("metric"u8);
        WriteLabels(json, sample.Labels);
        if (sample.Histogram is { } histogram)
        {
            json.WritePropertyName("histogram"u8);
            WriteHistogramPair(timestamp, histogram);
        }
        else
        {
            Span<byte> pair = stackalloc byte[SampleText.MaxLength * 2];
            json.WritePropertyName("value"u8);
            json.WriteRawValue(pair[..SampleText.WritePair(pair, timestamp, sample.Value)], skipInputValidation: true);
        }

        json.WriteEndObject();
    }

    private async ValueTask<bool> WriteMatrixAsync(MatrixValue matrix, int shown, CancellationToken cancellationToken)
    {
        var json = envelope.Json;
        using var points = new PointWriter();
        json.WriteStartArray();
        for (var index = 0; index < shown; index++)
        {
            var series = matrix.Series[index];
            json.WriteStartObject();
            json.WritePropertyName("metric"u8);
            WriteLabels(json, series.Labels);
            var floats = points.Write(series);
            if (floats.Length > 0)
            {
                json.WritePropertyName("values"u8);
                json.WriteRawValue(floats, skipInputValidation: true);
            }

            if (series.HasHistograms)
            {
                WriteHistograms(series);
            }

            json.WriteEndObject();
            await envelope.YieldAsync(cancellationToken);
        }

        json.WriteEndArray();
        return shown == matrix.Series.Count;
    }

    private void WriteHistograms(MatrixSeries series)
    {
        var started = false;
        var timestamps = series.Timestamps.Span;
        for (var index = 0; index < timestamps.Length; index++)
        {
            if (series.HistogramAt(index) is { } histogram)
            {
                if (!started)
                {
                    envelope.Json.WriteStartArray("histograms"u8);
                    started = true;
                }

                WriteHistogramPair(timestamps[index], histogram);
            }
        }

        if (started)
        {
            envelope.Json.WriteEndArray();
        }
    }

    private void WriteHistogramPair(long timestamp, HistogramSample histogram)
    {
        Span<byte> time = stackalloc byte[SampleText.MaxLength];
        envelope.Json.WriteStartArray();
        envelope.Json.WriteRawValue(time[..SampleText.WriteTime(time, timestamp)], skipInputValidation: true);
        HistogramWriter.Write(envelope.Json, histogram);
        envelope.Json.WriteEndArray();
    }
}
