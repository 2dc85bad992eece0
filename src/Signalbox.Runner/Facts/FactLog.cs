namespace Signalbox.Runner.Facts;

/// <summary>Writes facts down and hands them to the readings, one at a time: each is on disk before anybody acts on it.</summary>
/// <remarks>
/// Thread-safe; the readings are called under a lock, with the fact as it will be read back. A fact that cannot be written, as on a full disk, still counts, and
/// <see cref="NotWritten"/> tells that a replay will lack it.
/// </remarks>
internal sealed class FactLog(RunFolder folder, IRunReader readings) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly FactFile<RunnerEvent> _events = new(folder.File(RunFiles.Events), FactsJson.Default.RunnerEvent);
    private readonly FactFile<ResourceSample> _samples = new(folder.File(RunFiles.Samples), FactsJson.Default.ResourceSample);
    private readonly FactFile<PolicyDecided> _decisions = new(folder.File(RunFiles.Decisions), FactsJson.Default.PolicyDecided);
    private long _notWritten;

    public long NotWritten => Interlocked.Read(ref _notWritten);

    /// <summary>Records what the runner did or measured.</summary>
    public void Record(RunFact fact)
    {
        lock (_gate)
        {
            readings.Take(Written(fact));
        }
    }

    /// <summary>Writes a decision down without handing it on: it comes back from its file, where it belongs among the agent's events.</summary>
    public void Note(PolicyDecided decision)
    {
        lock (_gate)
        {
            Written(decision);
        }
    }

    /// <summary>Hands on what stands in a file already.</summary>
    public void HandOn(RunFact fact)
    {
        lock (_gate)
        {
            readings.Take(fact);
        }
    }

    /// <summary>Looks at the readings while nobody changes them.</summary>
    public T Read<T>(Func<T> look)
    {
        lock (_gate)
        {
            return look();
        }
    }

    /// <summary>The folder was removed and is there again: what comes is written to new files, and what stood in the old ones is lost.</summary>
    public void Reopen()
    {
        lock (_gate)
        {
            _events.Reopen();
            _samples.Reopen();
            _decisions.Reopen();
            _notWritten++;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _events.Dispose();
            _samples.Dispose();
            _decisions.Dispose();
        }
    }

    private RunFact Written(RunFact fact)
    {
        try
        {
            return fact switch
            {
                RunnerEvent done => _events.Append(done),
                ResourceSample sample => _samples.Append(sample),
                PolicyDecided decision => _decisions.Append(decision),
                WorkTreeChanged changes => FactDocument.Write(folder.File(RunFiles.Changes), changes, FactsJson.Default.WorkTreeChanged),
                _ => throw new ArgumentException($"There is no file for {fact.GetType().Name}.", nameof(fact)),
            };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _notWritten++;
            return fact;
        }
    }
}
