using System.Runtime.InteropServices;
using System.Text;

namespace Signalbox.Runner.Processes.Unix;

/// <summary>What a new process begins with: its group or session, its signals, its descriptors. The system does all of it before the program runs.</summary>
/// <remarks>Actions on descriptors happen in the order they were added. Not thread-safe.</remarks>
internal sealed class SpawnPlan : IDisposable
{
    public const int ReadOnly = 0;
    public const int ReadWrite = 2;

    /// <summary>More than any system's attributes or actions take; glibc's are 336 and 80 bytes.</summary>
    private const int Opaque = 1024;

    private const short SetGroupFlag = 0x02;
    private const short SetDefaultSignalsFlag = 0x04;
    private const short SetBlockedSignalsFlag = 0x08;
    private const short SetCgroupFlag = 0x100;

    /// <summary>macOS only: closes whatever no action names.</summary>
    private const short CloseOthersFlag = 0x4000;

    private readonly nint _attributes = Marshal.AllocHGlobal(Opaque);
    private readonly nint _actions = Marshal.AllocHGlobal(Opaque);
    private readonly byte[] _default = new byte[128];
    private short _flags;
    private bool _disposed;

    public SpawnPlan()
    {
        Check(UnixSpawnCalls.InitializeAttributes(_attributes));
        Check(UnixSpawnCalls.InitializeActions(_actions));

        // Nothing is blocked in a new program, and a broken pipe ends it, as .NET's ignoring of that signal would otherwise be handed down.
        Check(UnixSpawnCalls.SetBlockedSignals(_attributes, new byte[128]));
        _flags = SetBlockedSignalsFlag;
        RestoreSignal(SignalNumbers.Pipe);
    }

    private static short NewSessionFlag => (short)(OperatingSystem.IsMacOS() ? 0x400 : 0x80);

    /// <summary>Gives a signal its usual meaning.</summary>
    public void RestoreSignal(int signal)
    {
        _default[(signal - 1) / 8] |= (byte)(1 << ((signal - 1) % 8));
        Check(UnixSpawnCalls.SetDefaultSignals(_attributes, _default));
        _flags |= SetDefaultSignalsFlag;
    }

    public void LeadGroup()
    {
        Check(UnixSpawnCalls.SetGroup(_attributes, 0));
        _flags |= SetGroupFlag;
    }

    public void LeadSession() => _flags |= NewSessionFlag;

    public void Duplicate(int descriptor, int target) => Check(UnixSpawnCalls.AddDuplicate(_actions, descriptor, target));

    public void Open(int descriptor, string path, int flags) => Check(UnixSpawnCalls.AddOpen(_actions, descriptor, path, flags, 0));

    public void ChangeFolder(string path) => Check(UnixSpawnCalls.AddChangeFolder(_actions, path));

    /// <summary>Closes whatever is open beyond the first three, so that the new process holds nothing of the caller's.</summary>
    public void CloseOthers()
    {
        if (OperatingSystem.IsMacOS())
        {
            _flags |= CloseOthersFlag;
            return;
        }

        foreach (var file in Directory.EnumerateFileSystemEntries("/proc/self/fd"))
        {
            if (int.TryParse(Path.GetFileName(file.AsSpan()), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var descriptor) && descriptor > 2)
            {
                // That it may be closed already is no error to the system.
                Check(UnixSpawnCalls.AddClose(_actions, descriptor));
            }
        }
    }

    /// <summary>Makes its group the terminal's foreground group before it runs.</summary>
    /// <returns>False where the system's library cannot.</returns>
    public bool TryTakeForeground(int terminal)
    {
        try
        {
            return UnixSpawnCalls.AddForeground(_actions, terminal) == 0;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    /// <summary>Starts it inside a cgroup.</summary>
    /// <returns>False where the system's library cannot.</returns>
    public bool TryEnter(int cgroupFolder)
    {
        try
        {
            if (UnixSpawnCalls.SetCgroup(_attributes, cgroupFolder) != 0)
            {
                return false;
            }
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }

        _flags |= SetCgroupFlag;
        return true;
    }

    /// <summary>Takes <see cref="TryEnter"/> back, where the kernel will not have it.</summary>
    public void DoNotEnter() => _flags &= ~SetCgroupFlag;

    /// <returns>The process id, or the system's error number.</returns>
    public (int Process, int Error) Start(string file, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        Check(UnixSpawnCalls.SetFlags(_attributes, _flags));
        var (words, variables) = (Copy(WordsOf(arguments)), Copy(environment.SelectMany(static variable => VariablesOf(variable.Key, variable.Value))));
        try
        {
            var error = UnixSpawnCalls.Spawn(out var process, file, _actions, _attributes, words, variables);
            return error == 0 ? (process, 0) : (0, error);
        }
        finally
        {
            Free(words);
            Free(variables);
        }
    }

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _ = UnixSpawnCalls.DestroyActions(_actions);
        _ = UnixSpawnCalls.DestroyAttributes(_attributes);
        Marshal.FreeHGlobal(_actions);
        Marshal.FreeHGlobal(_attributes);
    }

    private static IEnumerable<byte[]> WordsOf(IReadOnlyList<string> arguments) =>
        arguments.Any(OriginalTexts.HasMark) ? OriginalTexts.Own.WordsOf(arguments) : arguments.Select(Encoding.UTF8.GetBytes);

    private static IEnumerable<byte[]> VariablesOf(string name, string value) =>
        OriginalTexts.HasMark(name) || OriginalTexts.HasMark(value) ? OriginalTexts.Own.VariablesOf(name, value) : [Encoding.UTF8.GetBytes($"{name}={value}")];

    /// <returns>Texts that end with a nought each, in a list that does too.</returns>
    private static nint[] Copy(IEnumerable<byte[]> texts)
    {
        byte[][] all = [.. texts];
        var copies = new nint[all.Length + 1];
        for (var index = 0; index < all.Length; index++)
        {
            copies[index] = Copy(all[index]);
        }

        return copies;
    }

    private static nint Copy(byte[] text)
    {
        var copy = Marshal.AllocCoTaskMem(text.Length + 1);
        Marshal.Copy(text, 0, copy, text.Length);
        Marshal.WriteByte(copy, text.Length, 0);
        return copy;
    }

    private static void Free(nint[] texts)
    {
        foreach (var text in texts)
        {
            Marshal.FreeCoTaskMem(text);
        }
    }

    private static void Check(int error)
    {
        if (error != 0)
        {
            throw new InvalidOperationException($"A new process could not be described to the system: {Marshal.GetPInvokeErrorMessage(error)}.");
        }
    }
}
