using System.Diagnostics;

namespace Signalbox.Runner.FakeAgent;

/// <summary><c>shell COMMAND</c>: has a shell run it, as an agent's tool does, and ends with its exit code.</summary>
internal static class Shell
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", string.Join(' ', arguments)]) { UseShellExecute = false })!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
