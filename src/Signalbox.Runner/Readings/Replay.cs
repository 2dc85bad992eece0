using System.Globalization;
using Signalbox.Runner.Agents;
using Signalbox.Runner.App.Running;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Readings.Report;
using Signalbox.Runner.WorkTree;

namespace Signalbox.Runner.Readings;

/// <summary>Computes a run anew from its raw facts alone and says what differs from what is there.</summary>
/// <param name="environment">Of this process; git gets little of it, and only when the work tree of a killed run is compared.</param>
internal sealed class Replay(RunFolder folder, RunStart start, IReadOnlyDictionary<string, string> environment, TimeProvider clock)
{
    /// <param name="write">Whether what differs is written.</param>
    public async Task<ReplayResult> RunAsync(bool write, CancellationToken cancellationToken)
    {
        var reading = new RunReading(start, RedactionSnapshot.RedactorOf(start), static _ => { });
        var stream = await TakeStreamAsync(reading);
        TakeFile(reading, RunFiles.Samples, FactsJson.Default.ResourceSample);
        TakeFile(reading, RunFiles.Events, FactsJson.Default.RunnerEvent);
        var changes = await ChangesAsync(reading.HasEnded, cancellationToken);
        if (changes is not null)
        {
            reading.Take(changes);
        }

        reading.Complete();
        var audit = RunEnding.AuditFile(reading.Audit);
        var before = FactDocument.Read(folder.File(RunFiles.Report), ReportJson.Written.RunReport);
        var documents = RunDocuments.Make(reading, folder, audit, stream, before?.Revision ?? 1);
        var differences = Compare(documents);
        if (write && differences.Count > 0)
        {
            // What was told to others under the old number is replaced by what has the new one.
            documents = before is null ? documents : RunDocuments.Make(reading, folder, audit, stream, before.Revision + 1);
            Write(documents, changes);
        }

        return new ReplayResult(differences.Count == 0, [.. differences, Summary(documents, differences.Count, write)]);
    }

    private static string Summary(RunDocuments documents, int differences, bool write) => differences == 0
        ? $"The run {documents.Report.Id} agrees with its facts."
        : string.Create(CultureInfo.InvariantCulture, $"The run {documents.Report.Id} ({documents.Report.State}): {differences} {(differences == 1 ? "file" : "files")} {(write ? "written anew" : "would be written anew by --write")}.");

    private async Task<StreamReport?> TakeStreamAsync(RunReading reading)
    {
        var decisions = new FactTail<PolicyDecided>(folder.File(RunFiles.Decisions), FactsJson.Default.PolicyDecided);
        var feed = new AgentFeed(new DecisionFeed(decisions), reading.Take);
        if (AgentReaders.Create(start.Agent, start.Mapping, start.Command) is not { } reader)
        {
            feed.Complete();
            return null;
        }

        var stream = new AgentStream(reader, MaxLineBytes());
        using var file = PrivateFiles.TryOpenRead(folder.File(RunFiles.Stream));
        var playback = new StreamPlayback(file, stream, start.At);
        foreach (var mark in StreamTimes.Read(folder.File(RunFiles.StreamTimes)))
        {
            await playback.ReadToAsync(mark, Take);
        }

        await playback.ReadToEndAsync(Take);
        feed.Complete();
        return stream.Report;

        ValueTask Take(AgentEvent told)
        {
            feed.Take(told);
            return ValueTask.CompletedTask;
        }
    }

    private long MaxLineBytes() =>
        long.TryParse(start.Settings.GetValueOrDefault(RunSettings.MaxLineBytes), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : 64L << 20;

    private void TakeFile<T>(RunReading reading, string name, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : RunFact
    {
        var lines = FactFile<T>.Read(folder.File(name), type);
        foreach (var fact in lines.Facts)
        {
            reading.Take(fact);
        }

        if (lines.Broken > 0)
        {
            reading.FactLimits[$"broken_{Path.GetFileNameWithoutExtension(name)}"] = lines.Broken;
        }
    }

    /// <summary>The comparison that the run made; of a run that was killed before it could, one with the work tree as it is now.</summary>
    private async Task<WorkTreeChanged?> ChangesAsync(bool hasEnded, CancellationToken cancellationToken)
    {
        if (FactDocument.Read(folder.File(RunFiles.Changes), FactsJson.Default.WorkTreeChanged) is { } changes)
        {
            return changes;
        }

        if (hasEnded || WorkTreeSnapshot.Open(new WorkTreePlace(start.Root, folder, new WorkTreeOptions(), environment)) is not { } tree)
        {
            return null;
        }

        var now = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
        return await tree.CompareAsync(RedactionSnapshot.RedactorOf(start), now, cancellationToken);
    }

    private List<string> Compare(RunDocuments documents)
    {
        var differences = new List<string>();
        foreach (var (name, content) in documents.Files)
        {
            var path = folder.File(name);
            if (!File.Exists(path))
            {
                differences.Add($"{name} is missing.");
            }
            else if (!content.AsSpan().SequenceEqual(File.ReadAllBytes(path)))
            {
                differences.Add($"{name} differs.");
            }
        }

        return differences;
    }

    private void Write(RunDocuments documents, WorkTreeChanged? changes)
    {
        if (changes is not null && !File.Exists(folder.File(RunFiles.Changes)))
        {
            FactDocument.Write(folder.File(RunFiles.Changes), changes, FactsJson.Default.WorkTreeChanged);
        }

        foreach (var (name, content) in documents.Files)
        {
            PrivateFiles.Replace(folder.File(name), content);
        }
    }
}

/// <summary>What became of a replay.</summary>
/// <param name="Lines">For people: what differs, and a sentence that sums it up.</param>
internal sealed record ReplayResult(bool Agrees, IReadOnlyList<string> Lines);
