namespace Signalbox.Runner.Resources;

/// <summary>Collects the runner's garbage, but not too often: it is the smallest part of the memory, and nothing else becomes smaller by it.</summary>
internal sealed class OwnCollection(IRunnerSource runner, TimeProvider clock)
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(10);

    private long? _last;

    /// <param name="before">Bytes in use on the heap.</param>
    /// <returns>False when the last one was only just.</returns>
    public bool TryRun(out long before, out long after)
    {
        if (_last is { } last && clock.GetElapsedTime(last) < Least)
        {
            (before, after) = (0, 0);
            return false;
        }

        before = runner.Read().HeapAlloc;
        runner.Collect();
        after = runner.Read().HeapAlloc;
        _last = clock.GetTimestamp();
        return true;
    }
}
