using System.Runtime.InteropServices;

namespace Signalbox.Runner.Processes.Unix;

/// <summary>Writes to a descriptor that the command writes to as well: at the place where the system has it, and nothing but what it is given.</summary>
/// <remarks>A file stream would keep a place of its own in a file, and write over what the command wrote; the console's streams send a terminal sequences of their own first.</remarks>
/// <param name="patience">How long a write waits for its reader; null for as long as it takes. From then on one that does not wait at all is tried, until the reader goes on.</param>
internal sealed class DescriptorStream(int descriptor, TimeSpan? patience = null) : Stream
{
    /// <summary>A pipe that can be written to takes as much at once. Source: https://man7.org/linux/man-pages/man7/pipe.7.html (PIPE_BUF).</summary>
    private const int TakenAtOnce = 4096;
    private const int Slice = 100;

    private const int Interrupted = 4;
    private const short Writable = 4;

    private bool _isStuck;
    private bool _isWithinLine;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    private static int WouldBlock => OperatingSystem.IsMacOS() ? 35 : 11;

    /// <exception cref="IOException">Nobody takes it any more, or the disk is full.</exception>
    /// <exception cref="TimeoutException">Nobody took it, or not all of it, within the patience.</exception>
    public override void Write(byte[] buffer, int offset, int count)
    {
        if (patience is null)
        {
            WriteAll(buffer, offset, count);
            return;
        }

        if (_isStuck && _isWithinLine && IsTaken())
        {
            WriteAll([(byte)'\n'], 0, 1);
        }

        for (var end = offset + count; offset < end; offset += TakenAtOnce)
        {
            if (!IsTaken())
            {
                throw new TimeoutException($"Nobody takes what is written to descriptor {descriptor}.");
            }

            var length = Math.Min(TakenAtOnce, end - offset);
            WriteAll(buffer, offset, length);
            _isWithinLine = buffer[offset + length - 1] != (byte)'\n';
        }
    }

    public override void Write(ReadOnlySpan<byte> buffer) => Write(buffer.ToArray(), 0, buffer.Length);

    /// <summary>Whether something can be written without waiting for the reader; waits for that as long as the patience lasts.</summary>
    private bool IsTaken()
    {
        var isReady = IsReady(0);
        for (var left = patience!.Value; !isReady && !_isStuck && left > TimeSpan.Zero; left -= TimeSpan.FromMilliseconds(Slice))
        {
            isReady = IsReady(Slice);
        }

        _isStuck = !isReady;
        return isReady;
    }

    /// <param name="milliseconds">A signal may end them early.</param>
    private bool IsReady(int milliseconds)
    {
        var wait = new byte[8];
        BitConverter.TryWriteBytes(wait, descriptor);
        BitConverter.TryWriteBytes(wait.AsSpan(4), Writable);
        return Poll(wait, 1, milliseconds) > 0;
    }

    private void WriteAll(byte[] buffer, int offset, int count)
    {
        var left = buffer.AsSpan(offset, count);
        var piece = offset == 0 ? buffer : left.ToArray();
        while (!left.IsEmpty)
        {
            var written = (int)Write(descriptor, piece, left.Length);
            if (written >= 0)
            {
                left = left[written..];
                piece = left.IsEmpty || written == 0 ? piece : left.ToArray();
                continue;
            }

            var error = Marshal.GetLastPInvokeError();
            if (error == WouldBlock)
            {
                // Somebody who shares it has made it so.
                _ = IsReady(Slice);
            }
            else if (error != Interrupted)
            {
                throw new IOException($"Descriptor {descriptor} cannot be written to: {Marshal.GetPInvokeErrorMessage(error)}.");
            }
        }
    }

    /// <summary>Waits, as the command itself would, for whoever reads it.</summary>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (MemoryMarshal.TryGetArray(buffer, out var part))
        {
            Write(part.Array!, part.Offset, part.Count);
        }
        else
        {
            Write(buffer.Span);
        }

        return ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    [DllImport("libc", EntryPoint = "write", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Write(int descriptor, byte[] bytes, nint count);

    [DllImport("libc", EntryPoint = "poll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Poll([In, Out] byte[] descriptors, nint count, int milliseconds);
}
