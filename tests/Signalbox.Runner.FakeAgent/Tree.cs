using System.Diagnostics;
using System.Globalization;

namespace Signalbox.Runner.FakeAgent;

/// <summary><c>tree DEPTH</c>: starts shells that start shells, so deep; on each level one stays, one leaves its session, one leaves its parent too. Says <c>pid N</c> for each, then <c>ready</c>, and hangs.</summary>
internal static class Tree
{
    private const string Level = """
        level() {
            if [ "$1" -gt 0 ]; then
                sleep 1000 & echo "pid $!"
                setsid sleep 1000 & echo "pid $!"
                setsid -f sh -c 'echo "pid $$"; exec sleep 1000'
                (level $(($1 - 1)); wait) & echo "pid $!"
            else
                exec sleep 1000
            fi
        }
        level "$1"
        """;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var depth = int.Parse(arguments[0], CultureInfo.InvariantCulture);
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Level + "\nwait", "tree", arguments[0]]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        Console.WriteLine($"pid {process.Id}");
        for (var left = depth * 4; left > 0; left--)
        {
            Console.WriteLine(await process.StandardOutput.ReadLineAsync());
        }

        Console.WriteLine("ready");
        return await Hang.RunAsync([]);
    }
}
