using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Signalbox.Sdk.Logging;

/// <summary>Writes log entries as lines of the house's shape: <c>level ts caller msg trace_id span_id component</c>, then the entry's own fields.</summary>
/// <remarks>
/// A line is on its way to the operating system before the logging call returns, so a killed process loses none. <c>caller</c> is the file and line that
/// logged; <c>trace_id</c> and <c>span_id</c> are those of the current activity, without one those of the options. Thread-safe.
/// </remarks>
[ProviderAlias("Signalbox")]
public sealed class LogLineProvider : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentDictionary<string, LogLineLogger> _loggers = new(StringComparer.Ordinal);
    private readonly LogLineWriter _writer;

    public LogLineProvider(LogLineOptions options)
    {
        Options = options;
        _writer = options.Format == LogLineFormat.Json ? new JsonLogLineWriter(options) : new TextLogLineWriter(options);
    }

    internal LogLineOptions Options { get; }

    internal IExternalScopeProvider? Scopes { get; private set; }

    public ILogger CreateLogger(string categoryName) => _loggers.GetOrAdd(categoryName, static (name, provider) => new LogLineLogger(name, provider), this);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => Scopes = scopeProvider;

    public void Dispose() => _loggers.Clear();

    internal void Write(in LogEntry entry) => _writer.Write(entry);
}
