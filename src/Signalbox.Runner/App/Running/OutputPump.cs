using System.Threading.Channels;
using Signalbox.Runner.Facts;

namespace Signalbox.Runner.App.Running;

/// <summary>Carries the command's output from its pipe to disk, from there to our own output, untouched, and tells how far it has come.</summary>
/// <remarks>
/// Whoever reads our output and is slow slows the command down, as without a runner between; whoever goes away stops neither the command nor what is written down.
/// Marks that are not read yet wait in a bounded channel, and then the command waits, too: nothing is dropped.
/// </remarks>
internal sealed class OutputPump(StreamFile raw, Stream ours, ChannelWriter<StreamMark> marks, TimeProvider clock, Action<string, string> warn)
{
    private const int PieceLength = 64 * 1024;

    private Stream? _ours = ours;
    private bool _isKept = true;

    /// <summary>Bytes that were not written down because the disk did not take them.</summary>
    public long NotKept { get; private set; }

    /// <summary>Runs until the command, and all that it gave its output to, have closed it.</summary>
    public async Task RunAsync(Stream output, CancellationToken cancellationToken)
    {
        var piece = new byte[PieceLength];
        try
        {
            int length;
            while ((length = await output.ReadAsync(piece, cancellationToken)) > 0)
            {
                var mark = Keep(piece.AsSpan(0, length), clock.GetUtcNow());
                await PassOnAsync(piece.AsMemory(0, length), cancellationToken);
                if (mark is { } reached)
                {
                    await marks.WriteAsync(reached, cancellationToken);
                }
            }

            if (_isKept && raw.Complete(clock.GetUtcNow()) is { } last)
            {
                await marks.WriteAsync(last, cancellationToken);
            }
        }
        finally
        {
            marks.Complete();
        }
    }

    private StreamMark? Keep(ReadOnlySpan<byte> bytes, DateTimeOffset at)
    {
        if (_isKept)
        {
            try
            {
                return raw.Write(bytes, at);
            }
            catch (IOException exception)
            {
                _isKept = false;
                warn("stream_not_kept", $"The output could not be written down any more and is not read from here on: {exception.Message}");
            }
        }

        NotKept += bytes.Length;
        return null;
    }

    private async Task PassOnAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (_ours is null)
        {
            return;
        }

        try
        {
            await _ours.WriteAsync(bytes, cancellationToken);
            await _ours.FlushAsync(cancellationToken);
        }
        catch (IOException exception)
        {
            _ours = null;
            warn("output_closed", $"Nobody reads the output any more; it is still written down: {exception.Message}");
        }
    }
}
