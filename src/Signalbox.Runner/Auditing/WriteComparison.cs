using Signalbox.Runner.Auditing.Tools;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Readings.Report;
using Signalbox.Sdk.Redaction;

namespace Signalbox.Runner.Auditing;

/// <summary>A change that no event of an editing tool tells of.</summary>
/// <param name="Tool">The tool of the calls that may have made it; null when no call may have.</param>
/// <param name="HasEdits">Whether editing tools wrote to the file as well, but did not make it what it is.</param>
/// <param name="Candidates">Their ids: those that name the file where any do, otherwise all that could have written.</param>
internal sealed record UnattributedWrite(WorkTreeChange Change, DateTimeOffset At, string? Tool, bool HasEdits, IReadOnlyList<string> Candidates);

/// <summary>Compares what editing tools told of with what became of the work tree.</summary>
internal sealed class WriteComparison(Redactor redactor)
{
    private const int MaxCandidates = 20;
    private const int MaxKeptText = 4096;

    /// <summary>Texts of edits that are kept until the work tree is compared, in UTF-16 units; of further ones only the lines are known.</summary>
    private const int MaxEditTexts = 4 << 20;

    /// <summary>The same for the texts of calls that may have written.</summary>
    private const int MaxWriterTexts = 4 << 20;

    private readonly SortedDictionary<string, EditTrail> _edits = new(StringComparer.Ordinal);
    private readonly SortedList<int, (string Tool, string Id, string Text)> _writers = [];
    private int _editTexts;
    private int _writerTexts;

    public WorkTreeChanged? WorkTree { get; set; }

    /// <summary>Calls whose texts were not kept, because there are too many of them.</summary>
    public long TextsOmitted { get; private set; }

    /// <summary>Takes a call whose end is certain.</summary>
    public void Take(ToolCall call)
    {
        var id = call.Id ?? string.Empty;
        if (call.Outcome == ToolOutcome.Succeeded && call.Writes is [{ IsEdit: true } edit, ..])
        {
            if (!_edits.TryGetValue(edit.Resource, out var trail))
            {
                _edits[edit.Resource] = trail = new EditTrail();
            }

            var step = EditStep.Of(call);
            _editTexts = Math.Min(MaxEditTexts + 1, _editTexts + (step.Text?.Length ?? step.Parts?.Sum(static part => part.Old.Length + part.New.Length) ?? 0));
            var isKept = _editTexts <= MaxEditTexts;
            TextsOmitted += isKept ? 0 : 1;
            trail.Add(call.Index, isKept ? step : step with { Text = null, Parts = null });
        }
        else if (MayHaveWritten(call))
        {
            var text = ShellTools.CommandOf(call.Call) ?? (call.Writes is [var target, ..] ? target.Resource : string.Empty);
            var kept = text.Length <= MaxKeptText ? text : text[..MaxKeptText];
            _writerTexts = Math.Min(MaxWriterTexts + 1, _writerTexts + kept.Length);
            var isKept = _writerTexts <= MaxWriterTexts;
            TextsOmitted += isKept ? 0 : 1;
            _writers[call.Index] = (call.Call.Name, id, isKept ? kept : string.Empty);
        }
    }

    public IReadOnlyList<UnattributedWrite> Unattributed()
    {
        if (WorkTree is not { } tree)
        {
            return [];
        }

        var edits = EditsByFile();
        return [.. tree.Changes.Where(change => !IsAttributed(change, edits)).OrderBy(static change => change.Path, StringComparer.Ordinal).Select(change => Find(change, tree.At, edits))];
    }

    public IReadOnlyList<ChangeReport> Changes() => Changes(EditsByFile());

    private IReadOnlyList<ChangeReport> Changes(SortedDictionary<string, EditTrail> edits) =>
    [
        .. (WorkTree?.Changes ?? []).OrderBy(static change => change.Path, StringComparer.Ordinal).Select(change => new ChangeReport
        {
            Path = redactor.Redact(change.Path),
            Kind = change.Kind,
            LinesAdded = change.LinesAdded,
            LinesRemoved = change.LinesRemoved,
            Bytes = change.Bytes,
            Attributed = IsAttributed(change, edits),
            ToolUseIds = edits.TryGetValue(change.Path, out var trail) ? [.. trail.Ids.Select(redactor.Redact)] : [],
            Diff = change.Diff,
        }),
    ];

    public IEnumerable<WarningReport> Warnings()
    {
        if (WorkTree is not { } tree)
        {
            yield break;
        }

        var changed = tree.Changes.Select(static change => change.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var path in EditsByFile().Keys.Where(path => !changed.Contains(path) && !IsOutside(path)))
        {
            yield return new WarningReport("edit_without_change", $"{redactor.Redact(path)} was edited and is as it was before the run, or git ignores it.");
        }

        if (changed.Any(static path => path == ".gitignore" || path.EndsWith("/.gitignore", StringComparison.Ordinal) || path.EndsWith("/info/exclude", StringComparison.Ordinal)))
        {
            yield return new WarningReport("ignore_rules_changed", "A .gitignore or git's info/exclude changed during the run; files that it hides now are not compared.");
        }

        if (tree.Omitted > 0)
        {
            yield return new WarningReport("worktree_incomplete", FormattableString.Invariant($"{tree.Omitted} files were not compared, because a bound was reached or they could not be read."));
        }
    }

    private static bool IsOutside(string path) => path is ['/', ..] or [_, ':', ..] or ".";

    private static bool IsAttributed(WorkTreeChange change, SortedDictionary<string, EditTrail> edits) => edits.TryGetValue(change.Path, out var trail) && !trail.IsContradictedBy(change);

    private static bool MayHaveWritten(ToolCall call)
    {
        if (call.IsMadeUp || (call.Outcome == ToolOutcome.Denied && call.Answer is not { IsError: false }))
        {
            return false;
        }

        return ShellTools.Is(call.Call.Name) || call.Writes.Count > 0;
    }

    /// <summary>Edits by the change that they made: the file may have been named by a link, and a repository within the repository is one thing.</summary>
    private SortedDictionary<string, EditTrail> EditsByFile()
    {
        if (WorkTree is not { } tree)
        {
            return _edits;
        }

        var changed = tree.Changes.Where(static change => change.Kind != "deleted").Select(static change => change.Path).ToHashSet(StringComparer.Ordinal);
        var files = new SortedDictionary<string, EditTrail>(StringComparer.Ordinal);
        foreach (var file in _edits.GroupBy(edit => WithinChanged(LinkedPath.Follow(edit.Key, tree.Links), changed), StringComparer.Ordinal))
        {
            files[file.Key] = EditTrail.Of(file.Select(static edit => edit.Value));
        }

        return files;
    }

    /// <summary>The changed repository that the path lies in; the path itself where it lies in none.</summary>
    private static string WithinChanged(string path, HashSet<string> changed)
    {
        for (var at = changed.Contains(path) ? -1 : path.LastIndexOf('/'); at > 0; at = path.LastIndexOf('/', at - 1))
        {
            if (changed.Contains(path[..at]) || changed.Contains(path[..(at + 1)]))
            {
                return changed.Contains(path[..at]) ? path[..at] : path[..(at + 1)];
            }
        }

        return path;
    }

    private UnattributedWrite Find(WorkTreeChange change, DateTimeOffset at, SortedDictionary<string, EditTrail> edits)
    {
        var name = change.Path[(change.Path.TrimEnd('/').LastIndexOf('/') + 1)..];
        var naming = _writers.Values.Where(writer => writer.Text.Contains(name, StringComparison.Ordinal)).ToList();
        var candidates = naming.Count > 0 ? naming : [.. _writers.Values];
        return new UnattributedWrite(
            change,
            at,
            candidates.Count == 0 ? null : string.Join(", ", candidates.Select(static writer => writer.Tool).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)),
            edits.ContainsKey(change.Path),
            [.. candidates.Select(static writer => writer.Id).Where(static id => id.Length > 0).Take(MaxCandidates)]);
    }
}
