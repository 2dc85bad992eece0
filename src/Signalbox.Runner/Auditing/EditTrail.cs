using Signalbox.Runner.Facts;
using Signalbox.Runner.WorkTree;

namespace Signalbox.Runner.Auditing;

/// <summary>The edits of one file, and whether they alone made of it what it is.</summary>
internal sealed class EditTrail
{
    /// <summary>Up to so many differing lines a comparison finds the fewest there can be.</summary>
    private const int MaxExactLines = 2000;

    private readonly SortedList<int, EditStep> _steps = [];

    /// <summary>In the order of the calls.</summary>
    public IEnumerable<string> Ids => _steps.Values.Select(static step => step.Id).Where(static id => id.Length > 0);

    /// <summary>The edits of one file under several of its names.</summary>
    public static EditTrail Of(IEnumerable<EditTrail> trails)
    {
        var joined = new EditTrail();
        foreach (var (index, step) in trails.SelectMany(static trail => trail._steps))
        {
            joined.Add(index, step);
        }

        return joined;
    }

    /// <param name="index">The call's place among all.</param>
    public void Add(int index, EditStep step)
    {
        _steps[index] = step;
        var last = _steps.LastOrDefault(static entry => entry.Value.Text is not null).Key;
        foreach (var (place, old) in _steps.Where(entry => entry.Key < last && entry.Value is not { Text: null, Parts: null }).ToArray())
        {
            // What stood in a file before it was written whole is of no use any more.
            _steps[place] = old with { Text = null, Parts = null };
        }
    }

    /// <summary>Whether somebody else must have changed the file, too. Where that cannot be told, nobody has.</summary>
    public bool IsContradictedBy(WorkTreeChange change)
    {
        if (change.Kind == "deleted")
        {
            return _steps.Values.All(static step => step.KeepsFiles);
        }

        return (change.TextHash is { } hash && Expected() is { } text && TextDigest.Of(text) != hash) || HasMoreLines(change);
    }

    private bool HasMoreLines(WorkTreeChange change)
    {
        if (change is not { LinesAdded: { } added, LinesRemoved: { } removed } || added + removed > MaxExactLines)
        {
            return false;
        }

        var (mostAdded, mostRemoved) = (0L, 0L);
        foreach (var step in _steps.Values)
        {
            if (step is not { MostAdded: { } more, MostRemoved: { } fewer })
            {
                return false;
            }

            (mostAdded, mostRemoved) = (mostAdded + more, Math.Min(long.MaxValue / 4, mostRemoved + fewer));
        }

        return added > mostAdded || removed > mostRemoved;
    }

    /// <summary>The text that the last edit left; null when it is not known.</summary>
    private string? Expected()
    {
        string? text = null;
        foreach (var step in _steps.Values)
        {
            text = step.Text ?? (text is null || step.Parts is null ? null : Replaced(text, step.Parts));
        }

        return text;
    }

    private static string? Replaced(string text, IReadOnlyList<(string Old, string New, bool Everywhere)> parts)
    {
        foreach (var (old, now, everywhere) in parts)
        {
            var at = old.Length == 0 ? -1 : text.IndexOf(old, StringComparison.Ordinal);
            if (at < 0)
            {
                return null;
            }

            text = everywhere ? text.Replace(old, now, StringComparison.Ordinal) : string.Concat(text.AsSpan(0, at), now, text.AsSpan(at + old.Length));
        }

        return text;
    }
}
