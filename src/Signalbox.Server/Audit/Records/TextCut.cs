using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Signalbox.Server.Audit.Records;

/// <summary>Cuts texts and leaves a marker that names what is gone, so that two texts that differed still differ.</summary>
internal static class TextCut
{
    /// <summary>In bytes; more than any marker has.</summary>
    public const int MarkerSize = 64;

    /// <summary>Lone surrogates become U+FFFD: they have no form in UTF-8.</summary>
    public static string Clean(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0)
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            clean.Append(rune.ToString());
        }

        return clean.ToString();
    }

    /// <param name="most">Bytes of the result, marker included; at least <see cref="MarkerSize"/>.</param>
    public static (string Text, RecordCut Cut) Of(string text, int most, string path)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var kept = TextSize.Prefix(text, Math.Max(0, most - MarkerSize));
        return (string.Concat(text.AsSpan(0, kept), Marker(bytes.LongLength, hash)), new RecordCut(path, bytes.LongLength, hash));
    }

    /// <summary>What stands where something was cut.</summary>
    public static string Marker(long length, string? hash) => hash is null
        ? "…[cut: nested too deep]"
        : string.Create(CultureInfo.InvariantCulture, $"…[cut: {length} bytes, {hash.AsSpan(0, 16)}]");
}
