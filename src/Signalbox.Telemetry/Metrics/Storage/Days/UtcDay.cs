using System.Globalization;

namespace Signalbox.Telemetry.Metrics.Storage.Days;

/// <summary>Days of UTC as numbers since 1970-01-01.</summary>
internal static class UtcDay
{
    public const long Milliseconds = 86_400_000;

    private const string Prefix = "metrics-";
    private const string Extension = ".db";

    /// <param name="time">Milliseconds since the Unix epoch.</param>
    public static int Of(long time) => (int)Math.Clamp(FloorDivide(time), int.MinValue / 2, int.MaxValue / 2);

    public static long Start(int day) => day * Milliseconds;

    public static long End(int day) => (day + 1) * Milliseconds;

    public static string FileName(int day) => Prefix + Name(day) + Extension;

    public static string Name(int day) => DateOnly.FromDayNumber(day + DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static bool TryParse(string fileName, out int day)
    {
        day = 0;
        if (!fileName.StartsWith(Prefix, StringComparison.Ordinal) || !fileName.EndsWith(Extension, StringComparison.Ordinal)
            || !DateOnly.TryParseExact(fileName.AsSpan(Prefix.Length, fileName.Length - Prefix.Length - Extension.Length), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return false;
        }

        day = date.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
        return true;
    }

    private static long FloorDivide(long time) => (time / Milliseconds) - (time % Milliseconds < 0 ? 1 : 0);
}
