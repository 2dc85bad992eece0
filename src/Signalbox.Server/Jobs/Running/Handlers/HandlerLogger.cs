using System.Globalization;
using Signalbox.Server.Jobs.Running.Output;

namespace Signalbox.Server.Jobs.Running.Handlers;

/// <summary>Writes a handler's log lines to the server's log and, for those who look at the run alone, to the run's stderr.</summary>
internal sealed class HandlerLogger(ILogger server, RunOutput output) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => server.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information || server.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        server.Log(logLevel, eventId, state, exception, formatter);
        var text = formatter(state, exception);
        output.Write(OutputStream.Err, string.Create(CultureInfo.InvariantCulture, $"{NameOf(logLevel)} {text}{(exception is null ? string.Empty : $"\n{exception}")}\n"));
    }

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info ",
        LogLevel.Warning => "warn ",
        LogLevel.Error => "error",
        _ => "fatal",
    };
}
