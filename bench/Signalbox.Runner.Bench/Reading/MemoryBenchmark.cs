using System.Globalization;
using Signalbox.Runner.Agents;
using Signalbox.Runner.Agents.Claude;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Readings;

namespace Signalbox.Runner.Bench.Reading;

/// <summary>Takes the output of a long run through all readings of the runner in as little time as it needs, and tells what they hold on to on the way.</summary>
internal static class MemoryBenchmark
{
    private const int SampleSeconds = 10;

    private static readonly DateTimeOffset Start = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    /// <param name="rate">Lines a second.</param>
    public static void Run(int hours, int rate)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{hours} hours at {rate} lines a second, a resource sample every {SampleSeconds} seconds; the heap is what is left after a full collection."));
        Console.WriteLine("| after | lines | MB read | audit records | live heap, MiB | resident, MiB |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: |");
        var records = 0L;
        var run = RunStart();
        var reading = new RunReading(run, RedactionSnapshot.RedactorOf(run), _ => records++);
        var agent = new AgentStream(new ClaudeCodeReader(), 64L << 20);
        var maker = new StreamMaker(20260304);
        var events = new List<AgentEvent>();
        agent.Take(maker.Session(), Start, events);
        Print(0, agent, records);
        var next = TimeSpan.FromSeconds(SampleSeconds);
        var mark = 1;
        while (agent.Lines < hours * 3600L * rate)
        {
            foreach (var line in maker.Turn())
            {
                var elapsed = TimeSpan.FromSeconds((double)agent.Lines / rate);
                agent.Take(line, Start + elapsed, events);
                events.ForEach(reading.Take);
                events.Clear();
                for (; next <= elapsed; next += TimeSpan.FromSeconds(SampleSeconds))
                {
                    reading.Take(Sample(Start + next));
                }
            }

            if (agent.Lines >= mark * hours * 3600L * rate / 8)
            {
                Print(hours * mark++ / 8.0, agent, records);
            }
        }

        agent.Take(maker.Result(), Start + TimeSpan.FromHours(hours), events);
        events.ForEach(reading.Take);
        reading.Complete();
        var report = reading.Finish(agent.Report, null, 1, out var timeline);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"In the end: {report.Usage?.TotalTokens} tokens, {report.Audit.Records} audit records, {timeline.Count} entries of the time line, {report.Timeline.Omitted} left out."));
    }

    private static void Print(double hours, AgentStream agent, long records)
    {
        var heap = GC.GetTotalMemory(forceFullCollection: true);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {hours:0.#} h | {agent.Lines} | {agent.Report.Bytes / 1e6:F0} | {records} | {heap / 1048576.0:F1} | {Environment.WorkingSet / 1048576.0:F0} |"));
    }

    private static ResourceSample Sample(DateTimeOffset at) => new()
    {
        At = at,
        MemoryBytes = 300 << 20,
        MemoryPercent = 58,
        Measure = "rss",
        RunnerBytes = 50 << 20,
        HeapAlloc = 10 << 20,
        HeapSys = 20 << 20,
        NumGc = 1,
        Goroutines = 8,
        Processes = 3,
        Threads = 30,
        Handles = 60,
        CpuPercent = 12,
        CpuSeconds = 1,
        Level = "normal",
    };

    private static RunStart RunStart() => new()
    {
        At = Start,
        RunId = "20260304T050607Z-1a2b3c4d",
        TraceId = "0af7651916cd43dd8448eb211c80319c",
        SpanId = "b7ad6b7169203331",
        Command = ["claude", "-p", "fix it", "--output-format", "stream-json"],
        Folder = "/build/shop",
        Root = "/build/shop",
        Agent = ClaudeCodeReader.AgentName,
        Ci = new CiContext { Platform = "shell", Actor = new CiActor("alex") },
        Limits = new RunLimits { MemoryBytes = 512 << 20 },
        RedactionKey = Convert.ToBase64String(new byte[32]),
        RunnerVersion = "0.1.0",
    };
}
