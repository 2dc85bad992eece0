using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Signalbox.Server.Jobs.Engine.Accounts;

/// <summary>Adds up what a transaction has to add to the statistics, so that each hour of a job is written once.</summary>
internal sealed class StatisticsBatch
{
    public const long HourMs = 3_600_000;

    private readonly Dictionary<(string JobId, long StartMs), Hour> _hours = [];
    private readonly Dictionary<(string JobId, long StartMs, string Cause), (string Tenant, long Count)> _causes = [];

    public bool IsEmpty => _hours.Count == 0;

    public bool HasCauses => _causes.Count > 0;

    /// <param name="state">Final state of an execution on the wire.</param>
    /// <param name="atMs">When it ended.</param>
    /// <param name="durationMs">Null for an execution that never started, or of which nobody knows when it ended.</param>
    public void AddRun(string jobId, string tenant, string state, long atMs, long? durationMs, bool late, string? cause)
    {
        var hour = HourOf(jobId, tenant, atMs);
        hour.Add(StatisticsColumns.OfState(state), 1);
        if (late)
        {
            hour.Add("late", 1);
        }

        if (durationMs is { } duration)
        {
            hour.Add("sum_ms", Math.Max(duration, 0));
            hour.Add(DurationBuckets.Columns[DurationBuckets.Of(duration) - 1], 1);
            hour.MaxMs = Math.Max(hour.MaxMs, duration);
        }

        if (cause is not null)
        {
            var key = (jobId, Start(atMs), cause);
            _causes[key] = (tenant, (_causes.TryGetValue(key, out var before) ? before.Count : 0) + 1);
        }
    }

    /// <param name="outcome"><c>coalesced</c>, <c>skipped</c> or <c>missed</c>.</param>
    public void AddFires(string jobId, string tenant, string outcome, long nominalAtMs, long count) => HourOf(jobId, tenant, nominalAtMs).Add(outcome, count);

    public string HoursJson() => Write(writer =>
    {
        // In one order everywhere, so that two transactions never wait for each other's rows in a circle.
        foreach (var ((jobId, startMs), hour) in _hours.OrderBy(static pair => pair.Key.JobId, StringComparer.Ordinal).ThenBy(static pair => pair.Key.StartMs))
        {
            writer.WriteStartObject();
            writer.WriteString("job_id", jobId);
            writer.WriteNumber("start_ms", startMs);
            writer.WriteString("tenant", hour.Tenant);
            writer.WriteNumber("max_ms", hour.MaxMs);
            for (var index = 0; index < hour.Values.Length; index++)
            {
                writer.WriteNumber(StatisticsColumns.Summed[index], hour.Values[index]);
            }

            writer.WriteEndObject();
        }
    });

    public string CausesJson() => Write(writer =>
    {
        var ordered = _causes.OrderBy(static pair => pair.Key.JobId, StringComparer.Ordinal).ThenBy(static pair => pair.Key.StartMs).ThenBy(static pair => pair.Key.Cause, StringComparer.Ordinal);
        foreach (var ((jobId, startMs, cause), (tenant, count)) in ordered)
        {
            writer.WriteStartObject();
            writer.WriteString("job_id", jobId);
            writer.WriteNumber("hour_ms", startMs);
            writer.WriteString("cause", cause);
            writer.WriteString("tenant", tenant);
            writer.WriteNumber("count", count);
            writer.WriteEndObject();
        }
    });

    private static string Write(Action<Utf8JsonWriter> items)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            items(writer);
            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static long Start(long atMs) => atMs - (atMs % HourMs);

    private Hour HourOf(string jobId, string tenant, long atMs)
    {
        var key = (jobId, Start(atMs));
        if (!_hours.TryGetValue(key, out var hour))
        {
            _hours[key] = hour = new Hour(tenant);
        }

        return hour;
    }

    /// <summary>What one hour of one job gains.</summary>
    private sealed class Hour(string tenant)
    {
        public string Tenant => tenant;

        public long MaxMs { get; set; }

        /// <summary>In the order of <see cref="StatisticsColumns.Summed"/>.</summary>
        public long[] Values { get; } = new long[StatisticsColumns.Summed.Count];

        public void Add(string column, long value) => Values[StatisticsColumns.IndexOf(column)] += value;
    }
}
