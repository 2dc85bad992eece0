using System.Text.Json.Serialization;

namespace Signalbox.Runner.Facts;

/// <summary>The beginning of a run: all that its readings need to know of configuration and surroundings. The content of <c>run.json</c>.</summary>
[JsonConverter(typeof(RunStartConverter))]
internal sealed record RunStart : RunFact
{
    /// <summary>Also the name of the run's folder: <c>20260124T100000Z-1a2b3c4d</c>.</summary>
    public required string RunId { get; init; }

    /// <summary>32 hexadecimal digits.</summary>
    public required string TraceId { get; init; }

    /// <summary>16 hexadecimal digits: the span of this run.</summary>
    public required string SpanId { get; init; }

    /// <summary>The span that an incoming <c>TRACEPARENT</c> named, or the one that the platform's receiver gives to the job; null without any.</summary>
    public string? ParentSpanId { get; init; }

    /// <summary>Program and arguments, without secrets.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>The working folder.</summary>
    public required string Folder { get; init; }

    /// <summary>Root of the repository or, without one, the working folder; resources are named relative to it.</summary>
    public required string Root { get; init; }

    /// <summary><c>claude-code</c>, the name of a mapping, or null for a plain command.</summary>
    public string? Agent { get; init; }

    public required CiContext Ci { get; init; }

    public required RunLimits Limits { get; init; }

    /// <summary>The mapping of another agent's stream as it was read, so that a replay reads the stream the same way.</summary>
    public string? Mapping { get; init; }

    /// <summary>Settings that readings need, as the JSON of their sections: policy, risk, prices, trace. A replay takes these, not today's file.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init => field = value ?? new Dictionary<string, string>(StringComparer.Ordinal); } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Key of the redactor's marks, base64: a random one for each run, so that equal secrets keep equal marks on replay.</summary>
    public required string RedactionKey { get; init; }

    public required string RunnerVersion { get; init; }
}

/// <summary>What a run may use at most; 0 means without limit.</summary>
internal sealed record RunLimits
{
    public required long MemoryBytes { get; init; }

    public long Tokens { get; init; }

    public double Usd { get; init; }

    public double Minutes { get; init; }

    public long Turns { get; init; }
}
