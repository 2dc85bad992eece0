using System.Globalization;
using Microsoft.Extensions.Logging;
using Signalbox.Sdk.Logging;

namespace Signalbox.Runner.Logging;

/// <summary>The runner's log: lines on stderr, and a copy as JSON in the run's folder. Every line carries the run's trace and span and has gone through the redactor.</summary>
/// <remarks>Thread-safe. A copy that cannot be written any more, such as on a full disk, ends with a word on stderr and the run goes on; so it does when nobody reads stderr any more.</remarks>
internal sealed class RunnerLogging : ILoggerFactory
{
    private readonly LogOutput _shown;
    private readonly TextWriter _errors;
    private readonly LogCopy? _copy;
    private readonly LogLineProvider _provider;
    private readonly LogLineProvider? _second;
    private readonly bool _isText;

    private RunnerLogging(LogOptions options, RunnerLogContext context, RunnerLogTarget target)
    {
        _shown = new LogOutput(target.Errors);
        _errors = TextWriter.Synchronized(_shown);
        _copy = target.File is null ? null : new LogCopy(target.File, _errors);
        _isText = options.Format == "text" || (options.Format == "auto" && target.IsTerminal);
        var json = new LogLineOptions
        {
            Output = _copy is null ? _errors : new LogTee(_errors, _copy),
            Format = LogLineFormat.Json,
            MinimumLevel = options.Level,
            CurrentRedactor = () => target.Redactor.Value,
            TraceId = context.TraceId,
            SpanId = context.SpanId,
            Fields = FieldsOf(context),
            Clock = target.Clock,
        };
        _provider = new LogLineProvider(_isText ? json with { Output = _errors, Format = LogLineFormat.Text, Colour = target.IsTerminal } : json);
        _second = _isText && _copy is not null ? new LogLineProvider(json with { Output = _copy }) : null;
    }

    /// <summary>Entries that are not in the copy because it could not be written.</summary>
    public long NotCopied => _copy?.Lost ?? 0;

    /// <summary>Lines that were not shown because nobody reads stderr any more, or it is full.</summary>
    public long NotShown => _shown.Lost;

    public static RunnerLogging Open(LogOptions options, RunnerLogContext context, RunnerLogTarget target) => new(options, context, target);

    public ILogger CreateLogger(string categoryName) =>
        _second is null ? _provider.CreateLogger(categoryName) : new PairedLogger(_provider.CreateLogger(categoryName), _second.CreateLogger(categoryName));

    /// <summary>Writes a line that somebody else has made, such as an audit record, without secrets already.</summary>
    /// <param name="json">One JSON object, without a line feed.</param>
    /// <param name="text">The same for people at a terminal.</param>
    public void WriteLine(string json, string text)
    {
        _errors.Write((_isText ? Printable(text) : json) + "\n");
        _errors.Flush();
        _copy?.Write(json + "\n");
    }

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("The runner's log has the outputs that it was opened with.");

    public void Dispose()
    {
        _provider.Dispose();
        _second?.Dispose();
        _copy?.Dispose();
    }

    /// <summary>Names of files may hold what a terminal takes for orders.</summary>
    private static string Printable(string text) => !text.Any(char.IsControl)
        ? text
        : string.Concat(text.Select(static letter => char.IsControl(letter) ? string.Create(CultureInfo.InvariantCulture, $"\\x{(int)letter:x2}") : letter.ToString()));

    private static List<KeyValuePair<string, string>> FieldsOf(RunnerLogContext context)
    {
        var fields = new List<KeyValuePair<string, string>>();
        if (context.RunId.Length > 0)
        {
            fields.Add(new KeyValuePair<string, string>("run_id", context.RunId));
        }

        if (context.CiRunId is { } id)
        {
            fields.Add(new KeyValuePair<string, string>("ci_run_id", id));
        }

        return fields;
    }
}
