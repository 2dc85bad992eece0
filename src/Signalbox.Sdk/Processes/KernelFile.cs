using System.Buffers;

namespace Signalbox.Sdk.Processes;

/// <summary>Reads files that the kernel makes up when they are read, whose length nobody knows before.</summary>
internal static class KernelFile
{
    private const int FirstLength = 16 << 10;

    internal delegate T? Use<T>(ReadOnlySpan<byte> text);

    /// <summary>Hands a file's content to <paramref name="use"/>; the default when there is no such file any more, or it is somebody else's.</summary>
    public static T? Read<T>(string file, Use<T> use)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(FirstLength);
        try
        {
            using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var length = 0;
            while (RandomAccess.Read(handle, buffer.AsSpan(length), length) is var count and > 0)
            {
                length += count;
                if (length == buffer.Length)
                {
                    var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                    buffer.CopyTo(larger, 0);
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = larger;
                }
            }

            return use(buffer.AsSpan(0, length));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return default;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
