using System.CommandLine;
using System.Text.Json;
using Signalbox.Scheduling;
using Signalbox.Server.Jobs.Definitions;
using Signalbox.Server.Platform;

namespace Signalbox.Server.Jobs.Shell;

/// <summary>A schedule as options of a command.</summary>
internal sealed class PreviewOptions
{
    private readonly Option<string?> _cron = Text("--cron", "A cron expression, such as '30 2 * * MON-FRI'.", "CRON");
    private readonly Option<string?> _interval = Text("--interval", "An interval, such as 15m.", "DURATION");
    private readonly Option<string?> _rrule = Text("--rrule", "A recurrence rule of RFC 5545, with --start.", "RULE");
    private readonly Option<string?> _start = Text("--start", "Start of a rule (local time) or of an interval.", "TIME");
    private readonly Option<string?> _zone = Text("--time-zone", "IANA time zone (default: UTC).", "ZONE");
    private readonly Option<string?> _gap = Text("--gap", "For local times that do not exist: shift-to-end, shift-by-delta or skip.", "RULE");
    private readonly Option<string?> _overlap = Text("--overlap", "For local times that exist twice: auto, first, last or both.", "RULE");

    public void AddTo(Command command)
    {
        Option[] options = [_cron, _interval, _rrule, _start, _zone, _gap, _overlap];
        foreach (var option in options)
        {
            command.Options.Add(option);
        }
    }

    /// <exception cref="StartupException">The schedule does not hold; the message says everything that is wrong.</exception>
    public Schedule Read(ParseResult parsed)
    {
        var schedule = new TaskSchedule
        {
            Cron = parsed.GetValue(_cron),
            Interval = parsed.GetValue(_interval),
            Rrule = parsed.GetValue(_rrule),
            Start = parsed.GetValue(_start),
            TimeZone = parsed.GetValue(_zone),
            Gap = parsed.GetValue(_gap),
            Overlap = parsed.GetValue(_overlap),
        };
        var errors = new DefinitionErrors();
        var read = DefinitionReader.ReadSchedule(string.Empty, new DefinitionText(JsonSerializer.Serialize(schedule, JobsJson.Default.TaskSchedule)), errors);
        return read?.Time ?? throw new StartupException(string.Join('\n', errors.Items));
    }

    private static Option<string?> Text(string name, string description, string helpName) => new(name) { Description = description, HelpName = helpName };
}
