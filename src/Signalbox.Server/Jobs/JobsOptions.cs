using Signalbox.Server.Jobs.Definitions;
using Signalbox.Server.Jobs.Engine;
using Signalbox.Server.Jobs.Files;
using Signalbox.Server.Jobs.Running;
using Signalbox.Settings;
using Signalbox.Telemetry;

namespace Signalbox.Server.Jobs;

/// <summary>The bounds of the scheduler.</summary>
internal sealed record JobsOptions
{
    /// <summary>Executions that run at the same time in this process.</summary>
    public required int Slots { get; init; }

    public required TaskLimits Tasks { get; init; }

    /// <summary>Tenants whose jobs may start programs and handlers on this machine and call addresses of its network.</summary>
    public required IReadOnlyList<string> TrustedTenants { get; init; }

    /// <summary>What carries attempts out.</summary>
    public required RunningOptions Running { get; init; }

    /// <summary>Jobs that files define.</summary>
    public required FilesOptions Files { get; init; }

    /// <summary>When executions start, and how long they belong to their instance.</summary>
    public EngineOptions Engine { get; init; } = new();

    public static JobsOptions Read(SettingsReader settings)
    {
        var trusted = TrustedTenantsOf(settings);
        return new JobsOptions
        {
            Slots = (int)settings.Integer("jobs.slots", 200, 1, 10_000, "Executions that run at the same time in this process; further ones wait, highest priority first."),
            Tasks = TaskLimits.Read(settings),
            TrustedTenants = trusted,
            Files = FilesOptions.Read(settings),
            Running = RunningOptions.Read(settings, trusted),
            Engine = EngineOptions.Read(settings),
        };
    }

    private static IReadOnlyList<string> TrustedTenantsOf(SettingsReader settings)
    {
        var named = settings.List(
            "jobs.trusted_tenants",
            "Tenants whose jobs may start programs and C# handlers on the server's machine and call private addresses (default: default alone; none for no tenant).");
        return named is [] ? [TenantId.Default.Value] : named is ["none"] ? [] : named;
    }
}
