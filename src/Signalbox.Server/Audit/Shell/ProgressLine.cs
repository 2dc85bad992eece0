using System.Globalization;

namespace Signalbox.Server.Audit.Shell;

/// <summary>Shows on a terminal how far something is; says nothing where nobody watches.</summary>
internal sealed class ProgressLine(TimeProvider clock) : IProgress<long>, IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private readonly bool _isWatched = !Console.IsErrorRedirected && !Console.IsOutputRedirected;
    private long _last = clock.GetTimestamp();
    private bool _isShown;

    public void Report(long value)
    {
        if (!_isWatched)
        {
            return;
        }

        lock (_gate)
        {
            if (clock.GetElapsedTime(_last) >= Pause)
            {
                _last = clock.GetTimestamp();
                _isShown = true;
                Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{value:N0} events"));
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_isShown)
            {
                _isShown = false;
                Console.Error.Write("\r                              \r");
            }
        }
    }
}
