using System.Buffers.Binary;
using Signalbox.Runner.Facts;

namespace Signalbox.Runner.WorkTree;

/// <summary>Keeps contents as they were before a run, one behind the other in one file.</summary>
/// <remarks>Each has its length before it, 4 bytes, little-endian. The file may hold secrets, is only for its user, and is deleted once the comparison is made.</remarks>
internal sealed class ContentStore(string file, long maxBytes, long maxFileBytes) : IDisposable
{
    private FileStream? _stream;
    private long _length;

    public bool HasRoom(long length) => length <= maxFileBytes && _length + length + sizeof(int) <= maxBytes;

    /// <returns>Where it is.</returns>
    public long Add(ReadOnlySpan<byte> content)
    {
        _stream ??= PrivateFiles.Open(file, FileMode.Create);
        var at = _length;
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, content.Length);
        _stream.Write(length);
        _stream.Write(content);
        _length += sizeof(int) + content.Length;
        return at;
    }

    /// <returns>Null when the file does not hold it, because it was cut.</returns>
    public static byte[]? Read(string file, long at)
    {
        try
        {
            // What has no length may be a pipe that somebody has put there, and opening it would never end.
            if (new FileInfo(file) is not { Exists: true, Length: > 0 })
            {
                return null;
            }

            using var handle = File.OpenHandle(file);
            Span<byte> length = stackalloc byte[sizeof(int)];
            if (RandomAccess.Read(handle, length, at) < sizeof(int))
            {
                return null;
            }

            var size = BinaryPrimitives.ReadInt32LittleEndian(length);
            if (size < 0 || at + sizeof(int) + size > RandomAccess.GetLength(handle))
            {
                return null;
            }

            var content = new byte[size];
            return RandomAccess.Read(handle, content, at + sizeof(int)) == size ? content : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Dispose() => _stream?.Dispose();
}
