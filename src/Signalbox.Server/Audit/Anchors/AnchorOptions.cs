using Signalbox.Server.Audit.Notes;
using Signalbox.Settings;

namespace Signalbox.Server.Audit.Anchors;

/// <summary>Where checkpoints go, and whose checkpoints this server witnesses.</summary>
internal sealed record AnchorOptions
{
    public IReadOnlyList<AnchorTarget> Targets { get; init; } = [];

    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long one place may take to answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Keys of the logs that this server witnesses; the name of a key is the log's origin.</summary>
    public IReadOnlyList<VerifierKey> WitnessedLogs { get; init; } = [];

    /// <summary>Under which name it cosigns; null for the installation's own with <c>/witness</c>.</summary>
    public string? WitnessName { get; init; }

    public static AnchorOptions Read(SettingsReader settings)
    {
        var targets = new List<AnchorTarget>();
        foreach (var text in settings.List("audit.anchors", "Where checkpoints of the audit log go, so that a log that was rewritten whole is noticed: 'file PATH', 'webhook URL [KEY]', 'witness URL VKEY'."))
        {
            if (AnchorTarget.TryParse(text, settings.BaseFolder, out var target) is { } error)
            {
                settings.Fail("audit.anchors", error);
            }
            else
            {
                targets.Add(target!);
            }
        }

        var logs = new List<VerifierKey>();
        foreach (var text in settings.List("audit.witness.logs", "Keys (name+id+key) of the logs that this server witnesses: it cosigns their checkpoints as long as they only grow."))
        {
            try
            {
                logs.Add(VerifierKey.Parse(text));
            }
            catch (NoteFormatException exception)
            {
                settings.Fail("audit.witness.logs", exception.Message);
            }
        }

        var name = settings.OptionalText("audit.witness.name", "Under which name this server cosigns the checkpoints of other logs (default: the installation's name with /witness).");
        if (name is not null && !NoteSignature.IsName(name))
        {
            settings.Fail("audit.witness.name", $"'{name}' cannot name a witness: no blanks, no plus.");
        }

        return new AnchorOptions
        {
            Targets = targets,
            WitnessedLogs = logs,
            WitnessName = name,
            Interval = settings.Duration("audit.anchor_interval", TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(1), TimeSpan.FromDays(1), "How often checkpoints of the audit log go to audit.anchors, where the log has grown."),
            Timeout = settings.Duration("audit.anchor_timeout", TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), "How long one of audit.anchors may take to answer."),
        };
    }
}
