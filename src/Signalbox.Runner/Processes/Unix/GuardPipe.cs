using System.IO.Pipes;
using Microsoft.Win32.SafeHandles;

namespace Signalbox.Runner.Processes.Unix;

/// <summary>A pipe from the runner to its guard, of which no other process gets an end.</summary>
/// <remarks>The runtime's own pipes bring the machinery of sockets along, with a thread and a megabyte of memory, which a few bytes at the start are not worth.</remarks>
internal sealed class GuardPipe : IDisposable
{
    private const int CloseOnExec = 0x80000;

    private readonly AnonymousPipeServerStream? _stream;
    private readonly SafeFileHandle? _read;
    private readonly FileStream? _write;

    public GuardPipe()
    {
        var ends = new int[2];
        if (OperatingSystem.IsLinux() && UnixCalls.MakePipe(ends, CloseOnExec) == 0)
        {
            _read = new SafeFileHandle(ends[0], ownsHandle: true);
            _write = new FileStream(new SafeFileHandle(ends[1], ownsHandle: true), FileAccess.Write, bufferSize: 0);
        }
        else
        {
            _stream = new AnonymousPipeServerStream(PipeDirection.Out, HandleInheritability.None);
        }
    }

    /// <summary>Descriptor of the guard's end.</summary>
    public int ReadEnd => (int)(_read?.DangerousGetHandle() ?? _stream!.ClientSafePipeHandle.DangerousGetHandle());

    /// <summary>The guard has got its end.</summary>
    public void CloseReadEnd()
    {
        _read?.Dispose();
        _stream?.DisposeLocalCopyOfClientHandle();
    }

    /// <exception cref="IOException">Nobody reads any more.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (_write is not null)
        {
            _write.Write(bytes);
        }
        else
        {
            _stream!.Write(bytes);
        }
    }

    public void Dispose()
    {
        _read?.Dispose();
        _write?.Dispose();
        _stream?.Dispose();
    }
}
