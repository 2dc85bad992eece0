using Signalbox.Testing.Clock;
using Signalbox.Testing.Files;
using Signalbox.Testing.Processes;
using Xunit;

namespace Signalbox.EndToEnd.Tests.Program;

/// <summary>A small disk in memory that a test can fill and empty.</summary>
internal sealed class FullDisk : IAsyncDisposable
{
    private readonly TemporaryFolder _mountPoint = new();

    private FullDisk()
    {
    }

    public string DataFolder => _mountPoint.File("data");

    private string Filler => _mountPoint.File("filler");

    /// <summary>Mounts it; the test is skipped, visibly, where that is not allowed.</summary>
    /// <param name="megabytes">Its size.</param>
    public static async Task<FullDisk> MountAsync(int megabytes, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            Assert.Skip("A small disk can only be mounted by root on Linux.");
        }

        var disk = new FullDisk();
        var mounted = await ChildProcess.RunAsync("mount", ["-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", disk._mountPoint.Path], cancellationToken);
        if (mounted.ExitCode != 0)
        {
            disk._mountPoint.Dispose();
            Assert.Skip($"A small disk cannot be mounted here: {mounted.Error}");
        }

        return disk;
    }

    /// <summary>Takes all that is left.</summary>
    public void Fill()
    {
        using var filler = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (var size in new[] { 1 << 20, 1 << 12, 1 })
        {
            var block = new byte[size];
            try
            {
                while (true)
                {
                    filler.Write(block);
                }
            }
            catch (IOException)
            {
                // Full for blocks of this size.
            }
        }
    }

    public void Free() => File.Delete(Filler);

    public async ValueTask DisposeAsync()
    {
        // Somebody may be looking into it for a moment, such as an indexer.
        await Eventually.HoldsAsync("the disk is free", async () => (await ChildProcess.RunAsync("umount", [_mountPoint.Path], CancellationToken.None)).ExitCode == 0, CancellationToken.None);
        _mountPoint.Dispose();
    }
}
