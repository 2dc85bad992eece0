using System.Globalization;

namespace Signalbox.Testing.Clock;

/// <summary>Holds a promise in seconds against real time, on a machine that others use as well.</summary>
public static class Measured
{
    private const int Tries = 3;

    /// <summary>Measures until one time keeps the limit, three times at most: what somebody else's work slowed down is no answer, and three in a row are.</summary>
    /// <param name="what">Begins the sentence "… took 12.3 s, …".</param>
    /// <param name="measure">Does the whole of it, from the beginning, and says how long that took.</param>
    /// <exception cref="TimeoutException">None of them kept it; the message says how long each took.</exception>
    public static async Task WithinAsync(string what, TimeSpan limit, Func<Task<TimeSpan>> measure)
    {
        var times = new List<TimeSpan>();
        while (times.Count < Tries)
        {
            times.Add(await measure());
            if (times[^1] <= limit)
            {
                return;
            }
        }

        var told = string.Join(", ", times.Select(static time => time.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture)));
        throw new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"{what} took {told} s, each time more than {limit.TotalSeconds} s."));
    }
}
