namespace Signalbox.Runner.Agents;

/// <summary>One line of an agent's output.</summary>
/// <param name="Number">From 0; every line feed ends one, empty lines included.</param>
/// <param name="Offset">Of its first byte in the stream.</param>
/// <param name="Length">In the stream, without its line feed; larger than <paramref name="Bytes"/> when the line was too long.</param>
/// <param name="Bytes">Without line feed, the carriage return before it, and the stream's byte order mark; empty when the line was too long. Valid until the splitter is called again.</param>
internal readonly record struct StreamLine(long Number, long Offset, long Length, ReadOnlyMemory<byte> Bytes, bool IsTooLong);
