using Signalbox.Runner.Agents;
using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Readings;

/// <summary>Reads an agent's output from its file, mark by mark, so that a run and its replay see the same lines at the same times.</summary>
/// <remarks>A run reads the file too, right behind its own writing: what is waiting to be read takes no memory, and nothing is read that is not on disk. It is opened at once where it is there, so that nothing that is put in its place is taken for it. Not thread-safe.</remarks>
internal sealed class StreamPlayback(string path, AgentStream stream, DateTimeOffset start) : IDisposable
{
    private const int PieceLength = 64 * 1024;

    private readonly byte[] _piece = new byte[PieceLength];
    private readonly List<AgentEvent> _events = [];
    private FileStream? _file = File.Exists(path) ? Open(path) : null;
    private long _position;
    private DateTimeOffset _at = start;

    /// <summary>Reads up to a mark.</summary>
    /// <param name="take">Called for every event, in their order.</param>
    public async Task ReadToAsync(StreamMark mark, Func<AgentEvent, ValueTask> take)
    {
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

    public void Dispose() => _file?.Dispose();

    private static FileStream Open(string path) =>
        new(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 });

    private int Fill(int length)
    {
        if (_file is null && !File.Exists(path))
        {
            return 0;
        }

        _file ??= Open(path);
        var read = _file.Read(_piece, 0, length);
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
