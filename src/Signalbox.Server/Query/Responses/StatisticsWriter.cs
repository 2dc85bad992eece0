using System.Text.Json;
using Signalbox.PromQL;

namespace Signalbox.Server.Query.Responses;

/// <summary>Writes what a query cost, for clients that ask with <c>stats</c>; only what was measured.</summary>
internal static class StatisticsWriter
{
    /// <param name="waited">Time in the queue.</param>
    public static void Write(Utf8JsonWriter json, QueryStatistics statistics, TimeSpan waited)
    {
        json.WriteStartObject("stats"u8);
        json.WriteStartObject("timings"u8);
        json.WriteNumber("evalTotalTime"u8, statistics.Elapsed.TotalSeconds);
        json.WriteNumber("execQueueTime"u8, waited.TotalSeconds);
        json.WriteNumber("execTotalTime"u8, (statistics.Elapsed + waited).TotalSeconds);
        json.WriteEndObject();
        json.WriteStartObject("samples"u8);
        json.WriteNumber("totalQueryableSamples"u8, statistics.SamplesRead);
        json.WriteNumber("peakSamples"u8, statistics.PeakSamples);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
