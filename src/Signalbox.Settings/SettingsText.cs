using System.Text;

namespace Signalbox.Settings;

/// <summary>Reads a file of settings as text: no more of it than is allowed, and nothing that is no text.</summary>
internal static class SettingsText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="name">What the file is called in places and messages.</param>
    /// <exception cref="SettingsException">The file is too long, or no text.</exception>
    public static string Read(string path, string name, int longest)
    {
        // Not all that can be read tells its length: a device or a pipe has none.
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var bytes = new byte[4096];
        var length = 0;
        while (file.Read(bytes, length, bytes.Length - length) is var count and > 0)
        {
            length += count;
            if (length > longest)
            {
                throw new SettingsException([new SettingsError(name, string.Empty, $"The file has more than {longest} bytes, which is the most that is read.")]);
            }

            Array.Resize(ref bytes, length == bytes.Length ? length * 2 : bytes.Length);
        }

        return Decode(bytes.AsSpan(0, length), name);
    }

    private static string Decode(ReadOnlySpan<byte> bytes, string name)
    {
        try
        {
            using var reader = new StreamReader(new MemoryStream(bytes.ToArray()), Strict, detectEncodingFromByteOrderMarks: true);
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException)
        {
            // Read with a mark in its place, a pattern or a name would silently mean something else.
            var good = bytes[..ValidLength(bytes)];
            var line = good.Count((byte)'\n') + 1;
            var column = Encoding.UTF8.GetCharCount(good[(good.LastIndexOf((byte)'\n') + 1)..]) + 1;
            throw new SettingsException([new SettingsError($"{name}:{line}:{column}", string.Empty, "This is not UTF-8, in which the file must be written.")]);
        }
    }

    private static int ValidLength(ReadOnlySpan<byte> bytes)
    {
        var length = 0;
        while (Rune.DecodeFromUtf8(bytes[length..], out _, out var consumed) == System.Buffers.OperationStatus.Done)
        {
            length += consumed;
        }

        return length;
    }
}
