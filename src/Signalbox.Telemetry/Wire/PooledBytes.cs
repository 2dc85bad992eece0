using System.Buffers;

namespace Signalbox.Telemetry.Wire;

/// <summary>Bytes in an array rented from the shared pool; disposal gives the array back.</summary>
/// <remarks>Not thread-safe. Spans and memories taken from it are invalid after disposal.</remarks>
public sealed class PooledBytes : IDisposable
{
    private byte[] _array;

    internal PooledBytes(int capacity) => _array = ArrayPool<byte>.Shared.Rent(Math.Max(capacity, 16));

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Span => _array.AsSpan(0, Length);

    public ReadOnlyMemory<byte> Memory => _array.AsMemory(0, Length);

    internal Memory<byte> Free => _array.AsMemory(Length);

    public void Dispose()
    {
        if (_array.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_array);
            _array = [];
            Length = 0;
        }
    }

    internal void Advance(int count) => Length += count;

    /// <summary>Makes room for at least one more byte.</summary>
    internal void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(_array.Length * 2);
        Span.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_array);
        _array = larger;
    }
}
