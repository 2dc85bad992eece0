using System.Globalization;

namespace Signalbox.Telemetry.Metrics.Storage.Writing;

/// <summary>Refuses samples, with a sentence about the first.</summary>
internal static class SampleVerdict
{
    public static void TooOld(AppendRequest request, ReadOnlySpan<byte> key, long time, long oldest) =>
        request.Rejections.Add(RejectionReason.TooOld, 1, new Refused(key, time, oldest), static refused => string.Create(
            CultureInfo.InvariantCulture,
            $"Series {refused.Series} got a sample of {Time(refused.Time)}; the out-of-order window and what is already on disk allow none before {Time(refused.Bound)}."));

    public static void TooFarInFuture(AppendRequest request, ReadOnlySpan<byte> key, long time, TimeSpan tolerance) =>
        request.Rejections.Add(RejectionReason.TooFarInFuture, 1, new Refused(key, time, (long)tolerance.TotalSeconds), static refused => string.Create(
            CultureInfo.InvariantCulture,
            $"Series {refused.Series} got a sample of {Time(refused.Time)}, in the future; future_tolerance is {refused.Bound} s."));

    public static void Duplicate(AppendRequest request, ReadOnlySpan<byte> key, long time) =>
        request.Rejections.Add(RejectionReason.DuplicateTimestamp, 1, new Refused(key, time, 0), static refused => string.Create(
            CultureInfo.InvariantCulture, $"Series {refused.Series} already has another value at {Time(refused.Time)}."));

    public static void TooManyParts(AppendRequest request, ReadOnlySpan<byte> key, int parts, int limit) =>
        request.Rejections.Add(RejectionReason.HistogramSize, 1, new Refused(key, parts, limit), static refused => string.Create(
            CultureInfo.InvariantCulture, $"Series {refused.Series} got a histogram of {refused.Time} buckets, spans and bounds; the limit is {refused.Bound}."));

    private static string Time(long milliseconds)
    {
        const long First = -62_135_596_800_000;
        const long Last = 253_402_300_799_999;
        return milliseconds is < First or > Last
            ? milliseconds.ToString(CultureInfo.InvariantCulture) + " ms"
            : DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
    }

    private readonly ref struct Refused(ReadOnlySpan<byte> key, long time, long bound)
    {
        private readonly ReadOnlySpan<byte> _key = key;

        public string Series => SeriesText.Of(_key);

        public long Time { get; } = time;

        public long Bound { get; } = bound;
    }
}
