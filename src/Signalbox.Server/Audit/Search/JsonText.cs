using System.Buffers;
using System.Text.Json;

namespace Signalbox.Server.Audit.Search;

/// <summary>The text of a JSON string in UTF-8, without its escapes; a copy only where there are any.</summary>
internal readonly ref struct JsonText
{
    private readonly byte[]? _rented;

    public JsonText(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            Value = reader.ValueSpan;
            return;
        }

        _rented = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        Value = _rented.AsSpan(0, reader.CopyString(_rented));
    }

    public ReadOnlySpan<byte> Value { get; }

    public void Dispose()
    {
        if (_rented is not null)
        {
            ArrayPool<byte>.Shared.Return(_rented);
        }
    }
}
