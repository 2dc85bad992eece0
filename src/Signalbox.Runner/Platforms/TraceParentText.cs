using System.Buffers;

namespace Signalbox.Runner.Platforms;

/// <summary>Reads <c>TRACEPARENT</c> and <c>TRACESTATE</c>.</summary>
/// <remarks>Source: https://www.w3.org/TR/trace-context/ and https://opentelemetry.io/docs/specs/otel/context/env-carriers/</remarks>
internal static class TraceParentText
{
    /// <summary>What a propagator must at least pass on is 512; longer ones are dropped whole here.</summary>
    private const int MaxState = 8192;

    private const int Length = 55;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    /// <summary>Version 00, or a later one whose beginning has the same shape. Upper case, ids of zeros only and version ff are refused.</summary>
    public static bool TryParse(string? text, out TraceParent parent)
    {
        parent = default;
        if (text is null || text.Length < Length || text.Length > MaxState || text[2] != '-' || text[35] != '-' || text[52] != '-')
        {
            return false;
        }

        var (version, trace, span, flags) = (text[..2], text[3..35], text[36..52], text[53..55]);
        if (!IsHex(version) || version == "ff" || !IsHex(trace) || !IsHex(span) || !IsHex(flags) || IsZero(trace) || IsZero(span))
        {
            return false;
        }

        if (version == "00" ? text.Length != Length : text.Length > Length && text[Length] != '-')
        {
            return false;
        }

        // Of the flags of a later version only the one that this version knows may be passed on.
        parent = new TraceParent(trace, span, version == "00" ? flags : (Convert.ToByte(flags, 16) & 1) == 1 ? "01" : "00");
        return true;
    }

    /// <summary>The state as it may be passed on; null when it is empty, too long or no text of a header.</summary>
    public static string? StateOf(string? text) =>
        text is { Length: > 0 and <= MaxState } && !text.AsSpan().ContainsAnyExceptInRange(' ', '~') && text.Contains('=', StringComparison.Ordinal) ? text : null;

    private static bool IsHex(string text) => !text.AsSpan().ContainsAnyExcept(Digits);

    private static bool IsZero(string text) => !text.AsSpan().ContainsAnyExcept('0');
}

/// <summary>An incoming place in a trace.</summary>
internal readonly record struct TraceParent(string TraceId, string SpanId, string Flags);
