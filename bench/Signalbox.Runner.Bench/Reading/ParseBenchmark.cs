using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Signalbox.Runner.Agents;
using Signalbox.Runner.Agents.Claude;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Usage;

namespace Signalbox.Runner.Bench.Reading;

/// <summary>Reads the same output by the runner, by a tree of every line, and by jq, turn about in the same run.</summary>
/// <remarks>Processor time is compared, not time on the clock: other work on the machine then changes the figures less.</remarks>
internal static class ParseBenchmark
{
    private const string Jq = "jq -c .type, reading the file";
    private const int ChunkBytes = 64 * 1024;

    public static void Run(int megabytes, int rounds)
    {
        var stream = Make(megabytes, out var lines);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{stream.Length / 1e6:F0} MB in {lines} lines of {stream.Length / lines} bytes on average; {rounds} rounds, the median counts."));
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, stream);
            var contenders = new List<(string Name, Func<double> Run)>
            {
                ("lines, events and usage: the runner", () => Time(() => ReadEvents(stream))),
                ("lines alone: the runner", () => Time(() => ReadLines(stream, static _ => { }))),
                ("JsonDocument of every line, its type", () => Time(() => ReadLines(stream, static line => TypeOf(line)))),
                ("JsonDocument of every line, the same texts and parts", () => Time(() => ReadLines(stream, static line => TextsOf(line)))),
            };
            if (File.Exists("/usr/bin/jq"))
            {
                contenders.Add((Jq, () => RunJq(file)));
            }
            else
            {
                Console.WriteLine("jq is left out, it is not here.");
            }

            Print(contenders, stream.Length, rounds);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static byte[] Make(int megabytes, out long lines)
    {
        var maker = new StreamMaker(20260304);
        using var stream = new MemoryStream();
        stream.Write(maker.Session());
        lines = 1;
        while (stream.Length < megabytes * 1_000_000L)
        {
            foreach (var line in maker.Turn())
            {
                stream.Write(line);
                lines++;
            }
        }

        stream.Write(maker.Result());
        lines++;
        return stream.ToArray();
    }

    private static void Print(List<(string Name, Func<double> Run)> contenders, long bytes, int rounds)
    {
        var times = contenders.ConvertAll(static _ => new List<double>());
        var allocated = new long[contenders.Count];
        for (var round = -2; round < rounds; round++)
        {
            for (var index = 0; index < contenders.Count; index++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                var taken = contenders[index].Run();
                allocated[index] = GC.GetAllocatedBytesForCurrentThread() - before;
                if (round >= 0)
                {
                    times[index].Add(taken);
                }
            }
        }

        var first = Median(times[0]);
        Console.WriteLine("| what | MB/s | allocated, of the bytes read | the runner's speed ÷ its |");
        Console.WriteLine("| --- | ---: | ---: | ---: |");
        for (var index = 0; index < contenders.Count; index++)
        {
            var median = Median(times[index]);
            var share = contenders[index].Name == Jq ? "–" : (allocated[index] / (double)bytes).ToString("P0", CultureInfo.InvariantCulture);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {contenders[index].Name} | {bytes / 1e6 / median:F0} | {share} | {median / first:F2} |"));
        }
    }

    private static void ReadEvents(byte[] stream)
    {
        var agent = new AgentStream(new ClaudeCodeReader(), 64L << 20);
        var usage = new UsageReading(PriceTable.Empty);
        var events = new List<AgentEvent>();
        for (var start = 0; start < stream.Length; start += ChunkBytes)
        {
            agent.Take(stream.AsMemory(start, Math.Min(ChunkBytes, stream.Length - start)), default, events);
            events.ForEach(usage.Take);
            events.Clear();
        }

        agent.Finish(default, events);
        events.ForEach(usage.Take);
        if (agent.Broken > 0 || usage.Report.Messages == 0)
        {
            throw new InvalidOperationException("The stream was not read as it should be.");
        }
    }

    private static void ReadLines(byte[] stream, Action<ReadOnlyMemory<byte>> take)
    {
        var lines = new LineSplitter(64L << 20);
        for (var start = 0; start < stream.Length; start += ChunkBytes)
        {
            lines.Append(stream.AsMemory(start, Math.Min(ChunkBytes, stream.Length - start)));
            while (lines.TryRead(out var line))
            {
                take(line.Bytes);
            }
        }
    }

    private static void TypeOf(ReadOnlyMemory<byte> line)
    {
        using var document = JsonDocument.Parse(line);
        if (document.RootElement.GetProperty("type").GetString() is null)
        {
            throw new InvalidOperationException("A line has no type.");
        }
    }

    /// <summary>What it takes to have of a tree what an event holds: the texts, and what is kept of input and answer.</summary>
    private static void TextsOf(ReadOnlyMemory<byte> line)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        if (!root.TryGetProperty("message", out var message))
        {
            return;
        }

        foreach (var block in message.GetProperty("content").EnumerateArray())
        {
            foreach (var member in block.EnumerateObject())
            {
                _ = member.Value.ValueKind == JsonValueKind.String ? (object?)member.Value.GetString() : member.Value.Clone();
            }
        }

        _ = root.TryGetProperty("tool_use_result", out var parts) ? parts.Clone() : default;
        _ = message.TryGetProperty("usage", out var usage) ? usage.GetProperty("input_tokens").GetInt64() : 0;
    }

    private static double Time(Action run)
    {
        var before = Environment.CpuUsage.TotalTime;
        run();
        return (Environment.CpuUsage.TotalTime - before).TotalSeconds;
    }

    /// <summary>The shell tells what its child used: <c>0m1.230s 0m0.040s</c> on its second line.</summary>
    private static double RunJq(string file)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", "jq -c .type \"$1\" >/dev/null && times", "sh", file]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var lines = process.StandardOutput.ReadToEnd().Split('\n');
        process.WaitForExit();
        return process.ExitCode == 0 && lines.Length > 1
            ? lines[1].Split(' ').Sum(static part => Seconds(part))
            : throw new InvalidOperationException($"jq ended with {process.ExitCode}.");
    }

    private static double Seconds(string text)
    {
        var minutes = text.IndexOf('m', StringComparison.Ordinal);
        return (60 * double.Parse(text.AsSpan(0, minutes), CultureInfo.InvariantCulture)) + double.Parse(text.AsSpan(minutes + 1).TrimEnd('s'), CultureInfo.InvariantCulture);
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
