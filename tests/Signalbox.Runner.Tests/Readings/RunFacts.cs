using System.Text;
using Signalbox.Runner.Agents;
using Signalbox.Runner.Agents.Claude;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Readings;
using Signalbox.Sdk.Redaction;

namespace Signalbox.Runner.Tests.Readings;

/// <summary>Facts for tests of readings, at times of a run that began at ten o'clock.</summary>
internal static class RunFacts
{
    public static DateTimeOffset Began { get; } = new(2026, 1, 24, 10, 0, 0, TimeSpan.Zero);

    /// <summary>Built once: that takes longer than to read a run.</summary>
    private static Redactor Redactor { get; } = RedactionSnapshot.RedactorOf(Start());

    public static RunStart Start(string? agent = ClaudeCodeReader.AgentName) => new()
    {
        At = Began,
        RunId = "20260124T100000Z-1a2b3c4d",
        TraceId = new string('a', 32),
        SpanId = new string('b', 16),
        Command = ["claude"],
        Folder = "/code",
        Root = "/code",
        Agent = agent,
        Ci = new CiContext { Platform = "shell", Actor = new CiActor("alex") },
        Limits = new RunLimits { MemoryBytes = 512 << 20 },
        RedactionKey = Convert.ToBase64String(new byte[32]),
        RunnerVersion = "0.1.0",
    };

    public static RunnerEvent Event(RunnerEventKind kind, string text, double seconds, params (string Name, string Value)[] values) => new()
    {
        At = Began.AddSeconds(seconds),
        Kind = kind,
        Text = text,
        Values = values.ToDictionary(static value => value.Name, static value => value.Value, StringComparer.Ordinal),
    };

    public static RunnerEvent Ended(params (string Name, string Value)[] values) => Event(RunnerEventKind.Ended, "The command ended.", 60, values);

    public static ResourceSample Sample(double seconds, long bytes, string level = "normal") => new()
    {
        At = Began.AddSeconds(seconds),
        MemoryBytes = bytes,
        MemoryPercent = bytes * 100.0 / (512 << 20),
        Measure = "rss",
        RunnerBytes = 1 << 20,
        HeapAlloc = 1,
        HeapSys = 1,
        NumGc = 0,
        Goroutines = 5,
        Processes = 1,
        Threads = 3,
        Handles = 7,
        CpuPercent = 1,
        CpuSeconds = seconds / 10,
        Level = level,
    };

    /// <summary>What a stream tells, a second a line.</summary>
    public static IReadOnlyList<AgentEvent> Told(string transcript)
    {
        var reader = new ClaudeCodeReader();
        var told = new List<AgentEvent>();
        var number = 0;
        foreach (var line in transcript.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            reader.Read(Encoding.UTF8.GetBytes(line), number, Began.AddSeconds(++number), told);
        }

        return told;
    }

    public static RunReading Reading(RunStart start) => new(start, Redactor, static _ => { });
}
