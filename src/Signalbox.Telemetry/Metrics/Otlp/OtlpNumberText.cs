using System.Globalization;
using System.Text;

namespace Signalbox.Telemetry.Metrics.Otlp;

/// <summary>Writes numbers the way Prometheus writes them into labels.</summary>
internal static class OtlpNumberText
{
    /// <summary>The shortest text that reads back as the same number, without an exponent; infinities as <c>+Inf</c> and <c>-Inf</c>.</summary>
    public static string Plain(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
        }

        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var exponentAt = text.IndexOf('E', StringComparison.Ordinal);
        return exponentAt < 0
            ? text
            : Expand(text[..exponentAt], int.Parse(text.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
    }

    /// <summary>As <see cref="Plain"/>, but with an exponent where JSON numbers usually get one: below 1e-6 and from 1e21 on.</summary>
    public static string Attribute(double value)
    {
        var magnitude = Math.Abs(value);
        if (magnitude == 0 || !double.IsFinite(value) || magnitude is >= 1e-6 and < 1e21)
        {
            return Plain(value);
        }

        return value.ToString("R", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal).Replace("e-0", "e-", StringComparison.Ordinal);
    }

    private static string Expand(string mantissa, int exponent)
    {
        var negative = mantissa[0] == '-';
        var digits = mantissa.Replace("-", string.Empty, StringComparison.Ordinal).Replace(".", string.Empty, StringComparison.Ordinal);
        var point = 1 + exponent;
        var text = new StringBuilder(negative ? "-" : string.Empty);
        if (point <= 0)
        {
            text.Append("0.").Append('0', -point).Append(digits);
        }
        else if (point >= digits.Length)
        {
            text.Append(digits).Append('0', point - digits.Length);
        }
        else
        {
            text.Append(digits.AsSpan(0, point)).Append('.').Append(digits.AsSpan(point));
        }

        return text.ToString();
    }
}
