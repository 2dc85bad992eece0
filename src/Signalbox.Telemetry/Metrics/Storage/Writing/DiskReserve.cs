using System.Globalization;

namespace Signalbox.Telemetry.Metrics.Storage.Writing;

/// <summary>Keeps <c>min_free_bytes</c> of the disk free, so that samples in memory can still be moved to day files when others have filled it.</summary>
/// <remarks>Used by the store's one writer only.</remarks>
internal sealed class DiskReserve(EmbeddedMetricStoreOptions options, StoreEnvironment environment)
{
    /// <summary>The disk is asked again after this many bytes or this long, whichever is first.</summary>
    private const long Trusted = 16L << 20;
    private static readonly TimeSpan TrustedFor = TimeSpan.FromSeconds(1);

    private long _free = -1;
    private long _spent;
    private long _asked;

    /// <exception cref="MetricStoreUnavailableException">Too little is free.</exception>
    public void Demand()
    {
        var stale = _free < options.MinFreeBytes || _spent > Trusted || environment.TimeProvider.GetElapsedTime(_asked) > TrustedFor;
        if (stale)
        {
            _free = environment.FreeSpace.AvailableBytes();
            _spent = 0;
            _asked = environment.TimeProvider.GetTimestamp();
        }

        if (_free - _spent < options.MinFreeBytes)
        {
            throw new MetricStoreUnavailableException(string.Create(
                CultureInfo.InvariantCulture,
                $"The disk of {options.Folder} has {_free - _spent} bytes free; min_free_bytes is {options.MinFreeBytes}."));
        }
    }

    public void Spend(long bytes) => _spent += bytes;

    /// <summary>Says what a failed write means.</summary>
    public MetricStoreUnavailableException Explain(Exception exception)
    {
        _free = -1;
        return new MetricStoreUnavailableException(
            string.Create(CultureInfo.InvariantCulture, $"The metric log in {options.Folder} could not be written{Free()}: {exception.Message}"),
            exception);
    }

    // A disk that has gone cannot be asked either, and that must not hide why the write failed.
    private string Free()
    {
        try
        {
            return string.Create(CultureInfo.InvariantCulture, $", with {environment.FreeSpace.AvailableBytes()} bytes free");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }
}
