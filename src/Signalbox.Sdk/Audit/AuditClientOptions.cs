using Signalbox.Sdk.Redaction;

namespace Signalbox.Sdk.Audit;

/// <summary>Where an <see cref="AuditClient"/> sends to, and how much it keeps until then.</summary>
public sealed record AuditClientOptions
{
    /// <summary>Address of Signalbox, such as <c>https://signalbox.example.org/</c>.</summary>
    public required Uri Server { get; init; }

    /// <summary>An API token with the scope <c>audit:write</c>.</summary>
    public required string Token { get; init; }

    /// <summary>What the events came through, as the log shows it. Default <c>sdk</c>.</summary>
    public string Source { get; init; } = "sdk";

    /// <summary>What requests call themselves, such as <c>order-desk/1.4</c>. Default: nothing.</summary>
    public string? UserAgent { get; init; }

    /// <summary>The trace that requests belong to, as W3C Trace Context writes it, for a client of one job. Default: that of the activity that sends, if there is one. Source: https://www.w3.org/TR/trace-context/#traceparent-header</summary>
    public string? TraceParent { get; init; }

    /// <summary>Events kept in memory; further ones are dropped and counted. 1 – 1,000,000, default 10,000.</summary>
    public int MaxQueuedEvents { get; init; } = 10_000;

    /// <summary>Bytes kept in memory. At least <see cref="MaxEventBytes"/>, default 16 MiB.</summary>
    public long MaxQueuedBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Longest event in bytes of JSON. 1 KiB – 4 MiB, default 1 MiB; the server cuts records to 64 KiB, longest texts first.</summary>
    public int MaxEventBytes { get; init; } = 1024 * 1024;

    /// <summary>Events of one request. 1 – 1,000, default 200.</summary>
    public int BatchSize { get; init; } = 200;

    /// <summary>How long an event waits for others at most. 10 ms – 1 min, default 1 s.</summary>
    public TimeSpan FlushInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest request. 100 ms – 5 min, default 10 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Waiting time after the first failure; doubled with each further one up to <see cref="MaxBackoff"/>, of which a random half to whole is waited. Default 250 ms.</summary>
    public TimeSpan MinBackoff { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Default 30 s. A server's <c>Retry-After</c> is honoured beyond it, up to 5 min.</summary>
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long disposing waits for what is queued. 0 – 5 min, default 5 s.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A folder in which unsent events outlive the process, for this client alone. Default: none, they are kept in memory.</summary>
    public string? SpoolFolder { get; init; }

    /// <summary>Bytes of the spool; beyond them events stay in memory. Default 64 MiB.</summary>
    public long MaxSpoolBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>What erases secrets before an event is queued. Default <see cref="Redaction.Redactor.Default"/>.</summary>
    public Redactor Redactor { get; init; } = Redactor.Default;

    /// <summary>Told of each event that did not reach the log, on the thread that noticed; must not throw, and returns soon.</summary>
    public Action<AuditFailure>? OnFailure { get; init; }

    /// <summary>What requests go through, for proxies and certificates of one's own; not disposed of here. Default: a handler of the client's own.</summary>
    public HttpMessageHandler? Handler { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    internal void Check()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Token);
        if (!Server.IsAbsoluteUri || Server.Scheme is not ("http" or "https"))
        {
            throw new ArgumentException($"{nameof(Server)} is {Server}; it begins with http:// or https://.");
        }

        Within(nameof(MaxQueuedEvents), MaxQueuedEvents, 1, 1_000_000);
        Within(nameof(MaxEventBytes), MaxEventBytes, 1024, 4 * 1024 * 1024);
        Within(nameof(MaxQueuedBytes), MaxQueuedBytes, MaxEventBytes, long.MaxValue);
        Within(nameof(BatchSize), BatchSize, 1, 1000);
        Within(nameof(FlushInterval), FlushInterval, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1));
        Within(nameof(Timeout), Timeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(5));
        Within(nameof(MinBackoff), MinBackoff, TimeSpan.FromMilliseconds(1), MaxBackoff);
        Within(nameof(MaxBackoff), MaxBackoff, MinBackoff, TimeSpan.FromHours(1));
        Within(nameof(DrainTimeout), DrainTimeout, TimeSpan.Zero, TimeSpan.FromMinutes(5));
        Within(nameof(MaxSpoolBytes), MaxSpoolBytes, MaxEventBytes, long.MaxValue);
    }

    private static void Within<T>(string name, T value, T least, T most)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} is between {least} and {most}.");
        }
    }
}
