using Signalbox.Server.Audit.Verification;

namespace Signalbox.Audit.Tests.Verification;

/// <summary>A log to which something happens after its head was read and before its events are.</summary>
internal sealed class ChangingSource(ILogSource source, Func<Task> change) : ILogSource
{
    private bool _isChanged;

    public Task<LogHead> HeadAsync(CancellationToken cancellationToken) => source.HeadAsync(cancellationToken);

    public Task<IReadOnlyList<byte[]?>> TilesAsync(int level, long first, int count, CancellationToken cancellationToken) => source.TilesAsync(level, first, count, cancellationToken);

    public async Task ScanAsync(long from, long until, Action<ScannedTile> scanned, CancellationToken cancellationToken)
    {
        if (!_isChanged)
        {
            _isChanged = true;
            await change();
        }

        await source.ScanAsync(from, until, scanned, cancellationToken);
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();
}
