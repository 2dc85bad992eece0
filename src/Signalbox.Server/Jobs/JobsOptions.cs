using Signalbox.Server.Platform.Settings;

namespace Signalbox.Server.Jobs;

/// <summary>The bounds of the scheduler.</summary>
internal sealed record JobsOptions
{
    /// <summary>Executions that run at the same time in this process.</summary>
    public required int Slots { get; init; }

    public static JobsOptions Read(SettingsReader settings) => new()
    {
        Slots = (int)settings.Integer("jobs.slots", 200, 1, 10_000, "Executions that run at the same time in this process; further ones wait, highest priority first."),
    };
}
