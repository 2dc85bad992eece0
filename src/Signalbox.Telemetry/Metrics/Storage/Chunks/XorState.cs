namespace Signalbox.Telemetry.Metrics.Storage.Chunks;

/// <summary>What an encoder remembers between two samples of one chunk.</summary>
internal struct XorState
{
    public int Bits;
    public long Time;
    public long Delta;
    public ulong Value;
    public byte Leading;

    /// <summary>Width of the current window of meaningful bits; 0 before the first window.</summary>
    public byte Width;
}
