using System.Globalization;

namespace Signalbox.Runner.Reports;

/// <summary>Figures as people read them.</summary>
internal static class FigureText
{
    public static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Count(double value) => value.ToString(Math.Abs(value) < 100 ? "#,0.##" : "#,0", CultureInfo.InvariantCulture);

    /// <summary>To the cent, and below ten cents to the hundredth of one, so that small runs do not look free.</summary>
    public static string Usd(double value) => value.ToString(value is > 0 and < 0.1 ? "$0.00##" : "$#,0.00", CultureInfo.InvariantCulture);

    public static string Bytes(long value)
    {
        string[] units = ["B", "KiB", "MiB", "GiB", "TiB"];
        var unit = 0;
        double amount = value;
        while (amount >= 1024 && unit < units.Length - 1)
        {
            amount /= 1024;
            unit++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{amount.ToString(amount < 10 && unit > 0 ? "0.#" : "0", CultureInfo.InvariantCulture)} {units[unit]}");
    }

    public static string Duration(double seconds)
    {
        var time = TimeSpan.FromMilliseconds(double.IsNaN(seconds) ? 0 : Math.Round(Math.Clamp(seconds, 0, 1e9) * 1000));
        return time switch
        {
            { TotalSeconds: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms"),
            { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s"),
            { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds} s"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours} h {time.Minutes} min"),
        };
    }

    /// <summary><c>1 file</c>, <c>2 files</c>.</summary>
    public static string Of(long count, string one, string many) => $"{Count(count)} {(count == 1 ? one : many)}";
}
