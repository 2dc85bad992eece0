using System.Globalization;
using System.Text;

namespace Signalbox.Runner.FakeAgent;

/// <summary><c>flood BYTES</c>: writes so much output, in lines of JSON, as fast as it is taken.</summary>
internal static class Flood
{
    private const string Line = """{"type":"stream_event","event":{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"………………………………………………………………………………………………"}}}""" + "\n";

    public static async Task<int> RunAsync(string[] arguments)
    {
        var left = long.Parse(arguments[0], CultureInfo.InvariantCulture);
        var block = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Line, 400)));
        await using var output = Console.OpenStandardOutput();
        for (; left > 0; left -= block.Length)
        {
            await output.WriteAsync(block.AsMemory(0, (int)Math.Min(left, block.Length)));
        }

        return 0;
    }
}
