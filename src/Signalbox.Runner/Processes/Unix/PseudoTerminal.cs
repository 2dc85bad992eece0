using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Signalbox.Runner.Processes.Unix;

/// <summary>A terminal that is made for a command: what the runner reads the command is typed, what the command writes the runner reads.</summary>
/// <remarks>The runner's own terminal, where it has one, passes every key on unchanged meanwhile, and its window's size is the new terminal's too.</remarks>
internal sealed class PseudoTerminal
{
    private const int InputSize = 4096;
    private const int OutputSize = 32 << 10;

    /// <summary>What a person types to say that there is no more.</summary>
    private static readonly byte[] EndOfTransmission = [4];

    /// <summary>How long the last output may take to get out, to a reader that does not read.</summary>
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(2);

    private readonly SafeFileHandle _master;
    private readonly byte[]? _before;
    private Thread? _copying;

    private PseudoTerminal(SafeFileHandle master, string slave)
    {
        _master = master;
        Slave = slave;
        _before = MakeOwnTerminalRaw();
        FitWindow();
    }

    /// <summary>Path of the side that the command opens.</summary>
    public string Slave { get; }

    /// <summary>Read and write, not to become the controlling terminal, closed in children.</summary>
    private static int Flags => OperatingSystem.IsMacOS() ? 0x2 | 0x20000 | 0x1000000 : 0x2 | 0x100 | 0x80000;

    private static nint ReadSize => OperatingSystem.IsMacOS() ? 0x40087468 : 0x5413;

    private static nint WriteSize => OperatingSystem.IsMacOS() ? unchecked((int)0x80087467) : 0x5414;

    /// <exception cref="IOException">The system has none to give.</exception>
    public static PseudoTerminal Open()
    {
        var descriptor = TerminalCalls.OpenPair(Flags);
        if (descriptor < 0)
        {
            throw new IOException($"The system gives no terminal: {Marshal.GetLastPInvokeErrorMessage()}.");
        }

        var master = new SafeFileHandle(descriptor, ownsHandle: true);
        var name = new byte[256];
        if (TerminalCalls.Grant(descriptor) != 0 || TerminalCalls.Unlock(descriptor) != 0 || TerminalCalls.SlaveName(descriptor, name, name.Length) != 0)
        {
            master.Dispose();
            throw new IOException("The system gives no terminal.");
        }

        return new PseudoTerminal(master, Encoding.UTF8.GetString(name.AsSpan(0, Array.IndexOf(name, (byte)0))));
    }

    /// <summary>What the command writes. It ends when nobody has the terminal open any more.</summary>
    public Stream OpenOutput() => new TerminalStream(new FileStream(_master, FileAccess.Read, bufferSize: 0));

    /// <summary>Begins to pass the runner's input on and, where nobody else reads it, the command's output.</summary>
    public void Begin(bool passesOutput)
    {
        new Thread(CopyInput) { IsBackground = true, Name = "terminal input" }.Start();
        if (passesOutput)
        {
            _copying = new Thread(CopyOutput) { IsBackground = true, Name = "terminal output" };
            _copying.Start();
        }
    }

    /// <summary>Gives the new terminal the size of the runner's own window; 80 by 24 without one.</summary>
    public void FitWindow()
    {
        var size = new byte[8];
        if (Control(1, ReadSize, size) != 0 && Control(0, ReadSize, size) != 0 && Control(2, ReadSize, size) != 0)
        {
            BitConverter.TryWriteBytes(size, (ushort)24);
            BitConverter.TryWriteBytes(size.AsSpan(2), (ushort)80);
        }

        _ = Control((int)_master.DangerousGetHandle(), WriteSize, size);
    }

    /// <summary>Gives the runner's own terminal its ways back.</summary>
    public void Finish()
    {
        if (_copying is not null)
        {
            // What was written last is still on its way.
            _copying.Join(Drain);
            _master.Dispose();
        }

        if (_before is not null)
        {
            _ = TerminalCalls.SetAttributes(0, 0, _before);
        }
    }

    private static int Control(int descriptor, nint request, byte[] value) =>
        OperatingSystem.IsMacOS() && RuntimeInformation.ProcessArchitecture == Architecture.Arm64
            ? TerminalCalls.ControlOnAppleArm(descriptor, request, 0, 0, 0, 0, 0, 0, value)
            : TerminalCalls.Control(descriptor, request, value);

    private static byte[]? MakeOwnTerminalRaw()
    {
        var before = new byte[256];
        if (TerminalCalls.IsTerminal(0) != 1 || TerminalCalls.ForegroundGroup(0) != UnixCalls.OwnGroup() || TerminalCalls.GetAttributes(0, before) != 0)
        {
            return null;
        }

        var raw = (byte[])before.Clone();
        TerminalCalls.MakeRaw(raw);
        _ = TerminalCalls.SetAttributes(0, 0, raw);
        return before;
    }

    private void CopyOutput()
    {
        using var output = new DescriptorStream(1);
        using var written = OpenOutput();
        Copy(written, output, OutputSize);
    }

    private void CopyInput()
    {
        using var typed = new FileStream(new SafeFileHandle(_master.DangerousGetHandle(), ownsHandle: false), FileAccess.Write, bufferSize: 0);
        using var input = new FileStream(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 0);
        if (Copy(input, typed, InputSize))
        {
            Copy(new MemoryStream(EndOfTransmission), typed, InputSize);
        }
    }

    /// <returns>False when either side was gone before the end.</returns>
    private static bool Copy(Stream from, Stream to, int size)
    {
        Span<byte> buffer = new byte[size];
        try
        {
            while (from.Read(buffer) is var count and > 0)
            {
                to.Write(buffer[..count]);
            }

            return true;
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or UnauthorizedAccessException)
        {
            // The command has ended, the runner has no input, or nobody takes the output any more.
            return false;
        }
    }
}
