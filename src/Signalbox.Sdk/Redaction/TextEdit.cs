using System.Text;

namespace Signalbox.Sdk.Redaction;

/// <summary>A text in which found secrets become markers, round by round.</summary>
internal sealed class TextEdit(string text, byte[] key)
{
    public string Text { get; private set; } = text;

    /// <summary>The markers that were put in, in the order of the text.</summary>
    public List<(string Rule, int Offset, int Length)> Markers { get; private set; } = [];

    /// <summary>Puts markers in the place of what was found; places that overlap become one.</summary>
    /// <returns>False when what was found are markers alone, so nothing changed.</returns>
    public bool Apply(List<FoundSecret> found)
    {
        var spans = Merge(found, MarkersOf(Text));
        if (spans.Count == 0)
        {
            return false;
        }

        var result = new StringBuilder(Text.Length);
        var markers = new List<(string Rule, int Offset, int Length)>();
        var (copied, earlier) = (0, 0);
        foreach (var (start, end, secret) in spans)
        {
            Keep(start, result.Length - copied);
            result.Append(Text, copied, start - copied);
            var marker = RedactionMarker.Create(secret.Rule.Rule.Id, Text.AsSpan(secret.Start, secret.End - secret.Start), key);
            markers.Add((secret.Rule.Rule.Id, result.Length, marker.Length));
            result.Append(marker);
            copied = end;

            // Markers of earlier rounds that lie in what is erased now are gone.
            while (earlier < Markers.Count && Markers[earlier].Offset < end)
            {
                earlier++;
            }
        }

        Keep(Text.Length, result.Length - copied);
        Text = result.Append(Text, copied, Text.Length - copied).ToString();
        Markers = markers;
        return true;

        void Keep(int until, int shift)
        {
            for (; earlier < Markers.Count && Markers[earlier].Offset < until; earlier++)
            {
                markers.Add(Markers[earlier] with { Offset = Markers[earlier].Offset + shift });
            }
        }
    }

    private static List<(int Start, int End)> MarkersOf(string text)
    {
        var markers = new List<(int Start, int End)>();
        for (var from = 0; text.AsSpan(from).IndexOf(RedactionMarker.Start, StringComparison.Ordinal) is var at and >= 0;)
        {
            var start = from + at;
            var length = RedactionMarker.LengthAt(text.AsSpan(start));
            if (length > 0)
            {
                markers.Add((start, start + length));
            }

            from = start + Math.Max(length, 1);
        }

        return markers;
    }

    /// <returns>What to erase, in order and apart from each other, each with the secret that names it.</returns>
    private static List<(int Start, int End, FoundSecret Secret)> Merge(List<FoundSecret> found, List<(int Start, int End)> markers)
    {
        found.Sort(static (left, right) => left.Start.CompareTo(right.Start));
        var merged = new List<(int Start, int End, FoundSecret Secret)>();
        var next = 0;
        foreach (var secret in found)
        {
            var (start, end) = (secret.Start, secret.End);
            while (next < markers.Count && markers[next].End <= start)
            {
                next++;
            }

            if (next < markers.Count && markers[next].Start <= start && end <= markers[next].End)
            {
                continue;
            }

            // A marker is never cut: what overlaps one takes the whole of it.
            for (var index = next; index < markers.Count && markers[index].Start < end; index++)
            {
                (start, end) = (Math.Min(start, markers[index].Start), Math.Max(end, markers[index].End));
            }

            if (merged.Count > 0 && start < merged[^1].End)
            {
                var last = merged[^1];
                var named = secret.Rule.Priority < last.Secret.Rule.Priority ? secret : last.Secret;
                merged[^1] = (Math.Min(last.Start, start), Math.Max(last.End, end), named);
            }
            else
            {
                merged.Add((start, end, secret));
            }
        }

        return merged;
    }
}
