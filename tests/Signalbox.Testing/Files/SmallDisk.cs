using System.Diagnostics;

namespace Signalbox.Testing.Files;

/// <summary>A file system of its own that is soon full, as the disk of a machine of CI may be.</summary>
public sealed class SmallDisk : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private SmallDisk()
    {
    }

    public string Path => _folder.Path;

    /// <param name="bytes">What fits on it.</param>
    /// <returns>Null where this process may not mount one.</returns>
    public static SmallDisk? TryMount(int bytes)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return null;
        }

        var disk = new SmallDisk();
        if (Run("mount", "-t", "tmpfs", "-o", FormattableString.Invariant($"size={bytes},mode=0700"), "tmpfs", disk.Path))
        {
            return disk;
        }

        disk._folder.Dispose();
        return null;
    }

    public string File(string name) => _folder.File(name);

    /// <summary>Takes what room is left, with a file that can be deleted again.</summary>
    public void Fill(string file)
    {
        using var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        var piece = new byte[1024];
        try
        {
            while (true)
            {
                stream.Write(piece);
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public void Dispose()
    {
        Run("umount", "-l", Path);
        _folder.Dispose();
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false });
            process!.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
