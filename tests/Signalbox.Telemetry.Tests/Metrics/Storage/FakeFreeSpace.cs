using Signalbox.Telemetry.Metrics.Storage;

namespace Signalbox.Telemetry.Tests.Metrics.Storage;

/// <summary>A disk that is as full as a test wants it.</summary>
internal sealed class FakeFreeSpace : IFreeSpace
{
    public long Bytes { get; set; } = 1L << 40;

    /// <summary>When set, the disk cannot be asked.</summary>
    public IOException? Failure { get; set; }

    public long AvailableBytes() => Failure is null ? Bytes : throw Failure;
}
