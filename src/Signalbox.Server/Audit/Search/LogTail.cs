namespace Signalbox.Server.Audit.Search;

/// <summary>The era of one log that is being filled, as far as it is committed.</summary>
internal sealed class LogTail : IDisposable
{
    private volatile EraView _view;

    public LogTail(EraView view) => _view = view;

    public EraView View
    {
        get => _view;
        set => _view = value;
    }

    /// <summary>Held while somebody reads what is missing from the database, so that the others wait instead of reading it as well.</summary>
    public SemaphoreSlim Loading { get; } = new(1, 1);

    /// <summary>When it was last used, by the counter of <see cref="LogTails"/>.</summary>
    public long LastUsed { get; set; }

    public void Dispose() => Loading.Dispose();
}
