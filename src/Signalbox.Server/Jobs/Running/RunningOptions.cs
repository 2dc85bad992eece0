using Signalbox.Server.Jobs.Running.Handlers;
using Signalbox.Server.Jobs.Running.Http;
using Signalbox.Settings;

namespace Signalbox.Server.Jobs.Running;

/// <summary>The bounds of what carries attempts out.</summary>
internal sealed record RunningOptions
{
    /// <summary>Tenants that may have commands and handlers, and whose HTTP calls may go to private addresses.</summary>
    public required IReadOnlyList<string> TrustedTenants { get; init; }

    /// <summary>Variables of the server's environment that commands get beside the usual ones.</summary>
    public required IReadOnlyList<string> CommandEnvironment { get; init; }

    /// <summary>How long runs that are asked to end by the server's stop may take before they are killed.</summary>
    public required TimeSpan ShutdownGrace { get; init; }

    /// <summary>Absolute paths of assemblies with handlers.</summary>
    public required IReadOnlyList<string> HandlerAssemblies { get; init; }

    public required HttpOptions Http { get; init; }

    public required OutputOptions Output { get; init; }

    public static RunningOptions Read(SettingsReader settings, IReadOnlyList<string> trustedTenants) => new()
    {
        TrustedTenants = trustedTenants,
        CommandEnvironment = settings.List("jobs.command_environment", "Variables of the server's own environment that commands get beside PATH, HOME, LANG, LC_*, TZ, TMPDIR, USER, LOGNAME and SHELL."),
        ShutdownGrace = settings.Duration("jobs.shutdown_grace", TimeSpan.FromSeconds(5), TimeSpan.Zero, TimeSpan.FromMinutes(10), "How long running jobs may take to end when the server stops; less than shutdown_timeout. Then they are killed."),
        HandlerAssemblies = [.. settings.List(HandlerCatalog.AssembliesKey, "Assemblies (.dll) that bring C# handlers for jobs; relative to the configuration file.").Select(file => Path.GetFullPath(file, Path.GetFullPath(settings.BaseFolder)))],
        Http = HttpOptions.Read(settings),
        Output = OutputOptions.Read(settings),
    };
}

/// <summary>The bounds of captured output.</summary>
/// <param name="Limit">Bytes kept of one attempt's output: the first quarter, and as much of its end as there is room for.</param>
/// <param name="Rate">Bytes a second that one command may write over a longer time; faster ones wait.</param>
/// <param name="Pending">Bytes of output of all runs together that may wait in memory for the database.</param>
internal sealed record OutputOptions(long Limit, long Rate, long Pending)
{
    public static OutputOptions Read(SettingsReader settings) => new(
        settings.Bytes("jobs.output_limit", 1 << 20, 1 << 10, 1 << 30, "Output kept of one attempt, unless its job says otherwise: the first quarter and the last three quarters."),
        settings.Bytes("jobs.output_rate", 32 << 20, 1 << 16, 1L << 40, "Output that one command may write in a second; a faster one is slowed down."),
        settings.Bytes("jobs.output_pending", 64 << 20, 1 << 20, 1L << 36, "Output of all runs together that waits in memory for the database; beyond that the oldest of it is left out."));
}
