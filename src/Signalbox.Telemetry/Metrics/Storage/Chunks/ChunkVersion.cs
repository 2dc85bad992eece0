namespace Signalbox.Telemetry.Metrics.Storage.Chunks;

/// <summary>How a chunk's body is encoded; the first byte of a chunk on disk, never reused for another encoding.</summary>
internal enum ChunkVersion : byte
{
    /// <summary>Floats, described at <see cref="XorEncoder"/>.</summary>
    Xor = 1,

    /// <summary>Native histograms, described at <see cref="HistogramEncoder"/>.</summary>
    Histogram = 2,

    /// <summary>Floats with few decimal places, described at <see cref="DecimalEncoder"/>.</summary>
    Decimal = 3,
}
