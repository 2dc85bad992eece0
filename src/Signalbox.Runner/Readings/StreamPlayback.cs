using Signalbox.Runner.Agents;
using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Readings;

/// <summary>Reads an agent's output from its file, mark by mark, so that a run and its replay see the same lines at the same times.</summary>
/// <remarks>A run reads the file too, right behind its own writing: what is waiting to be read takes no memory, and nothing is read that is not on disk. Not thread-safe.</remarks>
/// <param name="file">Null where there is none, which is an empty one. Not disposed of here.</param>
internal sealed class StreamPlayback(Stream? file, AgentStream stream, DateTimeOffset start)
{
    private const int PieceLength = 64 * 1024;

    private readonly byte[] _piece = new byte[PieceLength];
    private readonly List<AgentEvent> _events = [];
    private long _position;
    private DateTimeOffset _at = start;

    /// <summary>Reads up to a mark.</summary>
    /// <param name="take">Called for every event, in their order.</param>
    public async Task ReadToAsync(StreamMark mark, Func<AgentEvent, ValueTask> take)
    {
        if (mark.Offset <= _position)
        {
            // A sign of life without lines, of which a replay knows nothing.
            return;
        }

        _at = mark.At;
        while (_position < mark.Offset && Fill((int)Math.Min(PieceLength, mark.Offset - _position)) is > 0 and var length)
        {
            stream.Take(_piece.AsMemory(0, length), _at, _events);
            await HandOnAsync(take);
        }
    }

    /// <summary>Reads what stands behind the last mark, as of a runner that was killed, and ends the stream.</summary>
    public async Task ReadToEndAsync(Func<AgentEvent, ValueTask> take)
    {
        while (Fill(PieceLength) is > 0 and var length)
        {
            stream.Take(_piece.AsMemory(0, length), _at, _events);
            await HandOnAsync(take);
        }

        stream.Finish(_at, _events);
        await HandOnAsync(take);
    }

    private int Fill(int length)
    {
        if (file is null)
        {
            return 0;
        }

        var read = file.Read(_piece, 0, length);
        _position += read;
        return read;
    }

    private async Task HandOnAsync(Func<AgentEvent, ValueTask> take)
    {
        foreach (var told in _events)
        {
            await take(told);
        }

        _events.Clear();
    }
}
