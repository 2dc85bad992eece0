using System.Buffers;
using System.Text;

namespace Signalbox.Server.Audit.Canonical;

/// <summary>Collects canonical JSON in a pooled buffer; whoever calls it sees to commas, colons and the order of members.</summary>
/// <remarks>Not thread-safe. Disposing of it gives the buffer back.</remarks>
internal sealed class CanonicalWriter(int capacity = 2048) : IDisposable
{
    private const string Hex = "0123456789abcdef";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>What a string cannot hold as it is.</summary>
    private static readonly SearchValues<char> Escaped = SearchValues.Create("\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000B\f\r\u000E\u000F\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F\"\\");

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(capacity);

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    public byte[] ToArray() => Written.ToArray();

    public void Clear() => Length = 0;

    public void Byte(byte value) => Room(1)[0] = value;

    public void Raw(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Room(bytes.Length));

    /// <exception cref="CanonicalJsonException">It holds half of a surrogate pair.</exception>
    public void String(ReadOnlySpan<char> text)
    {
        Byte((byte)'"');
        while (true)
        {
            var plain = text.IndexOfAny(Escaped);
            Plain(plain < 0 ? text : text[..plain]);
            if (plain < 0)
            {
                break;
            }

            Escape(text[plain]);
            text = text[(plain + 1)..];
        }

        Byte((byte)'"');
    }

    /// <exception cref="CanonicalJsonException">It is not finite.</exception>
    public void Number(double value)
    {
        Ensure(CanonicalNumber.Longest);
        Length += CanonicalNumber.Write(value, _buffer.AsSpan(Length));
    }

    /// <summary>Puts the parts that were written from <paramref name="start"/> on into another order, with commas between them.</summary>
    /// <param name="parts">Each as its place in the buffer; together everything since <paramref name="start"/>.</param>
    public void Arrange(int start, ReadOnlySpan<(int Offset, int Length)> parts)
    {
        var size = Length - start;
        var copy = ArrayPool<byte>.Shared.Rent(size);
        _buffer.AsSpan(start, size).CopyTo(copy);
        Length = start;
        for (var index = 0; index < parts.Length; index++)
        {
            if (index > 0)
            {
                Byte((byte)',');
            }

            Raw(copy.AsSpan(parts[index].Offset - start, parts[index].Length));
        }

        ArrayPool<byte>.Shared.Return(copy);
    }

    public void Dispose()
    {
        var buffer = Interlocked.Exchange(ref _buffer, []);
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Plain(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return;
        }

        try
        {
            Ensure(Strict.GetMaxByteCount(text.Length));
            Length += Strict.GetBytes(text, _buffer.AsSpan(Length));
        }
        catch (EncoderFallbackException)
        {
            throw new CanonicalJsonException("A text holds half of a character (a lone surrogate).");
        }
    }

    private void Escape(char character)
    {
        switch (character)
        {
            case '"':
                Raw("\\\""u8);
                break;
            case '\\':
                Raw("\\\\"u8);
                break;
            case '\b':
                Raw("\\b"u8);
                break;
            case '\t':
                Raw("\\t"u8);
                break;
            case '\n':
                Raw("\\n"u8);
                break;
            case '\f':
                Raw("\\f"u8);
                break;
            case '\r':
                Raw("\\r"u8);
                break;
            default:
                Raw("\\u00"u8);
                Byte((byte)Hex[character >> 4]);
                Byte((byte)Hex[character & 15]);
                break;
        }
    }

    private Span<byte> Room(int size)
    {
        Ensure(size);
        var room = _buffer.AsSpan(Length, size);
        Length += size;
        return room;
    }

    private void Ensure(int size)
    {
        if (_buffer.Length - Length >= size)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(checked(Length + size), Math.Min(_buffer.Length, Array.MaxLength / 2) * 2));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
