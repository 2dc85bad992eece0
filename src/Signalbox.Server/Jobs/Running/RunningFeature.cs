using System.Collections;
using Signalbox.Server.Jobs.Running.Commands;
using Signalbox.Server.Jobs.Running.Handlers;
using Signalbox.Server.Jobs.Running.Http;
using Signalbox.Server.Jobs.Running.Output;

namespace Signalbox.Server.Jobs.Running;

/// <summary>Registers what carries out one attempt of an execution.</summary>
internal static class RunningFeature
{
    public static void AddJobsRunning(this IServiceCollection services, RunningOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<RunningMetrics>();
        services.AddSingleton<OutputFeed>();
        services.AddSingleton<OutputWriter>();
        services.AddSingleton<IOutputTable, OutputTable>();
        services.AddSingleton<Quarantine>();
        services.AddSingleton<RunReport>();
        services.AddSingleton<KindRunners>();
        services.AddSingleton<IAttemptRunner, AttemptRunner>();

        services.AddSingleton(new CommandEnvironment(OwnEnvironment(), options));
        services.AddSingleton<IKindRunner, CommandRunner>();
        services.AddSingleton(HandlerCatalog.Load(options.HandlerAssemblies));
        services.AddSingleton<IKindRunner, HandlerRunner>();
        services.AddSingleton<SigningKey>();
        services.AddSingleton<HttpDoors>();
        services.AddSingleton<IKindRunner, HttpRunner>();
    }

    private static Dictionary<string, string> OwnEnvironment() => Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .ToDictionary(static entry => (string)entry.Key, static entry => (string?)entry.Value ?? string.Empty, StringComparer.Ordinal);
}
