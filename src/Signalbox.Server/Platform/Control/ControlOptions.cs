using Signalbox.Server.Platform.Settings;

namespace Signalbox.Server.Platform.Control;

/// <summary>The bounds of the control database.</summary>
/// <param name="QueueLength">Writes that may wait for the writer; more are refused and counted.</param>
/// <param name="GroupSize">Most writes in one commit.</param>
/// <param name="Readers">Most connections that read at the same time.</param>
internal sealed record ControlOptions(int QueueLength, int GroupSize, int Readers)
{
    public static ControlOptions Read(SettingsReader settings) => new(
        (int)settings.Integer("control.queue_length", 10_000, 1, 1_000_000, "Writes to the control database that may wait; more are refused with 503."),
        (int)settings.Integer("control.group_size", 500, 1, 100_000, "Most writes to the control database in one commit."),
        (int)settings.Integer("control.readers", 8, 1, 256, "Most connections that read the control database at the same time."));
}
