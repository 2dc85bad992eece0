using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;

namespace Signalbox.Server.Audit.Files;

/// <summary>Finds out how far a file tells by reading the lines at its end.</summary>
internal static class FileTail
{
    /// <summary>Reads the whole lines from where <paramref name="stream"/> stands and moves <paramref name="next"/> forward by them.</summary>
    /// <returns>How many bytes they have; what follows is a line that was not finished.</returns>
    public static async Task<long> ReadAsync(Stream stream, Dictionary<string, long> next, CancellationToken cancellationToken)
    {
        var whole = 0L;
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 64 << 10, leaveOpen: true));
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            var buffer = read.Buffer;
            while (buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = buffer.Slice(0, end);
                Note(line, next);
                whole += line.Length + 1;
                buffer = buffer.Slice(buffer.GetPosition(1, end));
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted)
            {
                await reader.CompleteAsync();
                return whole;
            }
        }
    }

    private static void Note(ReadOnlySequence<byte> line, Dictionary<string, long> next)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("tenant", out var tenant) && tenant.ValueKind == JsonValueKind.String
                && json.RootElement.TryGetProperty("sequence", out var sequence) && sequence.TryGetInt64(out var number))
            {
                var name = tenant.GetString()!;
                next[name] = Math.Max(next.GetValueOrDefault(name), number + 1);
            }
        }
        catch (JsonException)
        {
            // Not one of ours, such as an empty line that an editor left: it says nothing about the log.
        }
    }
}
