using System.Text.Json;

namespace Signalbox.Server.Jobs.Definitions;

/// <summary>Asks for a job; the same members make one document of <c>jobs/*.yaml</c>. Exactly one of command, http and handler is given.</summary>
internal record TaskRequest
{
    /// <summary>Letters, digits, blanks and <c>. _ - / : @ # + ( ) ,</c>, at most 200; unique within the tenant.</summary>
    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>Leave it out for a job that is run by hand only.</summary>
    public TaskSchedule? Schedule { get; init; }

    public TaskCommand? Command { get; init; }

    public TaskHttp? Http { get; init; }

    public TaskHandler? Handler { get; init; }

    /// <summary>How long one attempt may run, for example 30m; default 1h.</summary>
    public string? Timeout { get; init; }

    /// <summary>Between asking a run to end and killing it; default 30s.</summary>
    public string? Grace { get; init; }

    /// <summary>What to do when the job is due and still runs: forbid (default), allow, replace or queue.</summary>
    public string? Overlap { get; init; }

    /// <summary>With overlap queue: how many may wait; default 1.</summary>
    public int? QueueLimit { get; init; }

    /// <summary>Jobs of one group never run at the same time, unless their overlap is allow.</summary>
    public string? ConcurrencyGroup { get; init; }

    /// <summary>What to do with fires that were missed: once (default), skip or all.</summary>
    public string? Misfire { get; init; }

    /// <summary>How late a fire may start before it counts as missed; default 60s.</summary>
    public string? MisfireGrace { get; init; }

    /// <summary>Moves each start by up to this, the same for the same fire; default 0s.</summary>
    public string? Jitter { get; init; }

    /// <summary>From -100 to 100; higher starts first when slots are short; default 0.</summary>
    public int? Priority { get; init; }

    public TaskRetry? Retry { get; init; }

    /// <summary>Default true.</summary>
    public bool? Enabled { get; init; }
}

/// <summary>When a job runs: exactly one of cron, interval, at, rrule and after.</summary>
internal sealed record TaskSchedule
{
    /// <summary>Five or six fields, names, L W # H, or @hourly and the like.</summary>
    public string? Cron { get; init; }

    /// <summary>A duration such as 15m, counted from start.</summary>
    public string? Interval { get; init; }

    /// <summary>Once, at an instant in RFC 3339.</summary>
    public string? At { get; init; }

    /// <summary>A recurrence rule of RFC 5545; start gives its DTSTART.</summary>
    public string? Rrule { get; init; }

    public TaskAfter? After { get; init; }

    /// <summary>An IANA zone for cron and rrule; default UTC.</summary>
    public string? TimeZone { get; init; }

    /// <summary>For local times that do not exist: shift-to-end (default), shift-by-delta or skip.</summary>
    public string? Gap { get; init; }

    /// <summary>For local times that exist twice: auto (default), first, last or both.</summary>
    public string? Overlap { get; init; }

    /// <summary>The instant from which an interval counts, or the local start of an rrule.</summary>
    public string? Start { get; init; }
}

/// <summary>Runs a job after another one ended.</summary>
internal sealed record TaskAfter
{
    /// <summary>Name or id of a job of the same tenant.</summary>
    public required string Task { get; init; }

    /// <summary>Final states that count; default succeeded.</summary>
    public IReadOnlyList<string>? On { get; init; }
}

/// <summary>A program started on the server's machine, without a shell.</summary>
internal sealed record TaskCommand
{
    public required string File { get; init; }

    public IReadOnlyList<string>? Arguments { get; init; }

    public string? WorkingDirectory { get; init; }

    /// <summary>Values are shown to admins only.</summary>
    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    /// <summary>How much output is kept, for example 1MiB.</summary>
    public string? OutputLimit { get; init; }
}

/// <summary>One HTTP request.</summary>
internal sealed record TaskHttp
{
    /// <summary>Default POST.</summary>
    public string? Method { get; init; }

    public required string Url { get; init; }

    /// <summary>Values are shown to admins only.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    public string? Body { get; init; }

    /// <summary>Statuses that mean success, such as 2xx or 204; default 2xx.</summary>
    public IReadOnlyList<string>? ExpectStatus { get; init; }

    /// <summary>Whether the request is signed; default true.</summary>
    public bool? Sign { get; init; }
}

/// <summary>A C# handler registered under a name.</summary>
internal sealed record TaskHandler
{
    public required string Name { get; init; }

    /// <summary>Any JSON, as the handler takes it.</summary>
    public JsonElement? Arguments { get; init; }
}

/// <summary>What happens after an attempt that did not succeed.</summary>
internal sealed record TaskRetry
{
    /// <summary>Attempts in all, the first included.</summary>
    public int? Attempts { get; init; }

    /// <summary>Before the second attempt; default 10s.</summary>
    public string? Delay { get; init; }

    /// <summary>exponential (default), constant or linear.</summary>
    public string? Backoff { get; init; }

    /// <summary>The longest delay; default 10m.</summary>
    public string? MaxDelay { get; init; }

    /// <summary>failed, timedOut and lost (default: all three).</summary>
    public IReadOnlyList<string>? On { get; init; }
}
