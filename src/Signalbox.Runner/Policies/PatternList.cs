namespace Signalbox.Runner.Policies;

/// <summary>A condition of a rule: some of these, but none of those that begin with <c>!</c>.</summary>
internal sealed class PatternList<T>
{
    private readonly List<T> _wanted = [];
    private readonly List<T> _excepted = [];

    public PatternList(IReadOnlyList<string> patterns, Func<string, T> parse)
    {
        foreach (var pattern in patterns)
        {
            (pattern.StartsWith('!') ? _excepted : _wanted).Add(parse(pattern.TrimStart('!')));
        }
    }

    public bool IsEmpty => _wanted.Count == 0 && _excepted.Count == 0;

    /// <param name="wanted">Whether a pattern fits.</param>
    /// <param name="excepted">Whether an exception fits.</param>
    public bool Fits(Func<T, bool> wanted, Func<T, bool> excepted) => (_wanted.Count == 0 || _wanted.Exists(pattern => wanted(pattern))) && !_excepted.Exists(pattern => excepted(pattern));
}
