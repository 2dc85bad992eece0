using Microsoft.Extensions.Logging;
using Signalbox.Sdk.Redaction;

namespace Signalbox.Sdk.Logging;

/// <summary>In which form log lines are written.</summary>
public enum LogLineFormat
{
    /// <summary>One JSON object a line.</summary>
    Json,

    /// <summary>For people at a terminal.</summary>
    Text,
}

/// <summary>What <see cref="LogLineProvider"/> needs to know.</summary>
public sealed record LogLineOptions
{
    /// <summary>Where lines go; written a whole line at a time, flushed after each, never disposed here.</summary>
    public required TextWriter Output { get; init; }

    public LogLineFormat Format { get; init; } = LogLineFormat.Json;

    /// <summary>Colours in <see cref="LogLineFormat.Text"/>.</summary>
    public bool Colour { get; init; }

    public LogLevel MinimumLevel { get; init; } = LogLevel.Information;

    /// <summary>Longest text of one value, in UTF-16 units; what is longer is cut and marked. Default 16,384.</summary>
    public int MaxValueLength { get; init; } = 16_384;

    /// <summary>Entries that are not written, by category and event; for those whose news its program tells in another way. Default: none.</summary>
    public Func<string, EventId, bool> Ignore { get; init; } = static (_, _) => false;

    /// <summary>What erases secrets from messages, fields and exceptions before a line is written. Default: none.</summary>
    public Redactor? Redactor { get; init; }

    /// <summary>Asked for the redactor at each text, instead of <see cref="Redactor"/>, by a program that has another one later; must be fast and never log. Default: none.</summary>
    public Func<Redactor>? CurrentRedactor { get; init; }

    /// <summary><c>trace_id</c> of entries without an activity, for a program that is one span of a trace as a whole. Default: empty.</summary>
    public string TraceId { get; init; } = string.Empty;

    /// <summary><c>span_id</c> of entries without an activity. Default: empty.</summary>
    public string SpanId { get; init; } = string.Empty;

    /// <summary>Fields of every line of <see cref="LogLineFormat.Json"/>, before the entry's own; people at a terminal know them already. Default: none.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fields { get; init; } = [];

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
