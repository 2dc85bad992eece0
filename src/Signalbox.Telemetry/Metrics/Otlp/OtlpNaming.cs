namespace Signalbox.Telemetry.Metrics.Otlp;

/// <summary>Translates OTLP metric names and attribute keys into metric and label names.</summary>
/// <remarks>
/// Each method returns an empty string when nothing usable is left of the name.
/// Source: https://github.com/open-telemetry/opentelemetry-specification/blob/v1.38.0/specification/compatibility/prometheus_and_openmetrics.md
/// </remarks>
internal sealed class OtlpNaming(OtlpTranslationStrategy strategy)
{
    private readonly bool _escapes = strategy is OtlpTranslationStrategy.UnderscoreEscapingWithSuffixes or OtlpTranslationStrategy.UnderscoreEscapingWithoutSuffixes;
    private readonly bool _appends = strategy is OtlpTranslationStrategy.UnderscoreEscapingWithSuffixes or OtlpTranslationStrategy.NoUTF8EscapingWithSuffixes;

    /// <param name="isMonotonicSum">Whether the metric only grows and is named <c>_total</c>.</param>
    /// <param name="isGauge">Whether a unit of 1 makes the metric a ratio.</param>
    public string MetricName(string name, string unit, bool isMonotonicSum, bool isGauge)
    {
        if (!_escapes)
        {
            return _appends && name.Length > 0 ? Append(name, unit, isMonotonicSum, isGauge && unit == "1") : name;
        }

        var translated = _appends
            ? FromTokens(Split(name, keepUnderscores: false), unit, isMonotonicSum, isGauge && unit == "1")
            : string.Join('_', Split(name, keepUnderscores: true));
        if (translated.Length > 0 && char.IsAsciiDigit(translated[0]))
        {
            translated = "_" + translated;
        }

        return translated == name || translated.AsSpan().ContainsAnyExcept('_') ? translated : string.Empty;
    }

    /// <summary>Writes the label name for an attribute key.</summary>
    /// <param name="destination">At least four bytes longer than <paramref name="key"/>.</param>
    /// <returns>Bytes written; 0 when nothing usable is left of the key.</returns>
    public int WriteLabelName(ReadOnlySpan<byte> key, Span<byte> destination)
    {
        if (!_escapes || key.IsEmpty)
        {
            key.CopyTo(destination);
            return key.Length;
        }

        var prefix = LabelPrefix(key);
        prefix.CopyTo(destination);
        var written = prefix.Length;
        var usable = false;
        var changed = false;
        foreach (var current in key)
        {
            if ((current & 0xc0) == 0x80)
            {
                // The first byte of the character has become its underscore already.
                continue;
            }

            var keeps = char.IsAsciiLetterOrDigit((char)current) || current == '_';
            usable |= keeps && current != '_';
            changed |= !keeps;
            destination[written++] = keeps ? current : (byte)'_';
        }

        return usable || !changed ? written : 0;
    }

    private static ReadOnlySpan<byte> LabelPrefix(ReadOnlySpan<byte> key)
    {
        if (char.IsAsciiDigit((char)key[0]))
        {
            return "key_"u8;
        }

        return IsUnderscore(key, 0) && !IsUnderscore(key, 1) ? "key"u8 : [];
    }

    /// <summary>Whether the character is, or becomes, an underscore; keys that start with two of them keep their form.</summary>
    private static bool IsUnderscore(ReadOnlySpan<byte> key, int character)
    {
        foreach (var current in key)
        {
            if ((current & 0xc0) != 0x80 && character-- == 0)
            {
                return !char.IsAsciiLetterOrDigit((char)current);
            }
        }

        return false;
    }

    private static List<string> Split(string name, bool keepUnderscores)
    {
        var tokens = new List<string>();
        var start = 0;
        for (var index = 0; index <= name.Length; index++)
        {
            if (index < name.Length && (char.IsAsciiLetterOrDigit(name[index]) || name[index] == ':' || (keepUnderscores && name[index] == '_')))
            {
                continue;
            }

            if (index > start)
            {
                tokens.Add(name[start..index]);
            }

            start = index + 1;
        }

        return tokens;
    }

    private static string FromTokens(List<string> tokens, string unit, bool isMonotonicSum, bool isRatio)
    {
        var (main, per) = OtlpUnits.Split(unit);
        AddUnit(tokens, main);
        AddUnit(tokens, per);
        if (isMonotonicSum)
        {
            MoveLast(tokens, "total");
        }

        if (isRatio)
        {
            MoveLast(tokens, "ratio");
        }

        return string.Join('_', tokens);
    }

    /// <summary>Adds a unit in cleaned form unless the name has that token already.</summary>
    private static void AddUnit(List<string> tokens, string unit)
    {
        var cleaned = string.Join('_', Split(unit, keepUnderscores: false));
        if (cleaned is not ("" or "per") && !tokens.Contains(cleaned))
        {
            tokens.Add(cleaned);
        }
    }

    private static void MoveLast(List<string> tokens, string token)
    {
        tokens.RemoveAll(other => other == token);
        tokens.Add(token);
    }

    /// <summary>Appends main unit, per unit, then total or ratio, each once, without touching the name's own characters.</summary>
    private static string Append(string name, string unit, bool isMonotonicSum, bool isRatio)
    {
        var (main, per) = OtlpUnits.Split(unit);
        var last = isMonotonicSum ? "total" : isRatio ? "ratio" : string.Empty;
        name = WithoutSuffix(WithoutSuffix(name, last), per);
        if (main.Length > 0 && !name.EndsWith(main, StringComparison.Ordinal))
        {
            name += "_" + main;
        }

        name += per.Length > 0 ? "_" + per : string.Empty;
        return last.Length > 0 ? name + "_" + last : name;
    }

    /// <summary>Takes off a suffix together with the character before it.</summary>
    private static string WithoutSuffix(string name, string suffix) =>
        suffix.Length > 0 && name.Length > suffix.Length + 1 && name.EndsWith(suffix, StringComparison.Ordinal) ? name[..^(suffix.Length + 1)] : name;
}
