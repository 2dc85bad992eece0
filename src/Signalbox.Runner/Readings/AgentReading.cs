using Signalbox.Runner.Facts;
using Signalbox.Runner.Readings.Report;
using Signalbox.Sdk.Redaction;

namespace Signalbox.Runner.Readings;

/// <summary>Tells which agent ran and what it said in the end.</summary>
internal sealed class AgentReading(RunStart start, Redactor redactor) : IRunReader
{
    private const int MaxText = 16_384;
    private const int MaxErrors = 50;
    private const int MaxSessions = 1_000;

    /// <summary>The last account of each session: a later one of the same session replaces the one before.</summary>
    private readonly Dictionary<string, ResultReported> _results = new(StringComparer.Ordinal);
    private ResultReported? _last;
    private string? _version;
    private string? _model;
    private string? _session;

    public AgentReport? Agent => start.Agent is { } name
        ? new AgentReport(name, Clean(_version), Clean(_model), Clean(_session), start.Mapping is null ? null : name)
        : null;

    public ResultReport? Result => _last is not { } last
        ? null
        : new ResultReport(
            Clean(last.Subtype),
            last.IsError,
            Sum(static result => result.Turns),
            Seconds(static result => result.Duration),
            Seconds(static result => result.ApiDuration),
            Clean(last.Text),
            [.. last.Errors.Take(MaxErrors).Select(error => Clean(error)!)]);

    public void Take(RunFact fact)
    {
        switch (fact)
        {
            case SessionStarted began:
                _version ??= began.Version;
                _model ??= began.Model;
                _session = began.SessionId ?? _session;
                break;
            case ResultReported result:
                _last = result;
                _session = result.SessionId ?? _session;
                var key = result.SessionId ?? string.Empty;
                if (_results.Count < MaxSessions || _results.ContainsKey(key))
                {
                    _results[key] = result;
                }

                break;
        }
    }

    /// <summary>An agent may tell more than a sum can hold.</summary>
    private long? Sum(Func<ResultReported, long?> part) =>
        _results.Values.Any(result => part(result) is not null) ? (long)Math.Min(_results.Values.Sum(result => (decimal)(part(result) ?? 0)), long.MaxValue) : null;

    private double? Seconds(Func<ResultReported, TimeSpan?> part) =>
        Sum(result => part(result)?.Ticks) is { } ticks ? OutcomeReading.Seconds(TimeSpan.FromTicks(ticks)) : null;

    private string? Clean(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var clean = redactor.Redact(text);
        return clean.Length <= MaxText ? clean : clean[..(char.IsHighSurrogate(clean[MaxText - 2]) ? MaxText - 2 : MaxText - 1)] + "…";
    }
}
