using Signalbox.Sdk.Jobs;
using Signalbox.Settings;

namespace Signalbox.Server.Jobs.Running.Handlers;

/// <summary>The handlers that jobs may name: the server's own and those of the assemblies that it was told to load.</summary>
internal sealed class HandlerCatalog
{
    public const string AssembliesKey = "jobs.handler_assemblies";

    private readonly JobRegistry _registry;

    public HandlerCatalog(JobRegistry registry) => _registry = registry;

    /// <summary>In ordinal order.</summary>
    public IEnumerable<string> Names => _registry.Handlers.Keys;

    /// <exception cref="SettingsException">An assembly cannot be used; all that are wrong are named.</exception>
    public static HandlerCatalog Load(IReadOnlyList<string> assemblies)
    {
        var registry = new JobRegistry().Add("noop", static () => new NoopJob());
        var errors = new List<SettingsError>();
        foreach (var file in assemblies)
        {
            try
            {
                HandlerAssembly.Register(file, registry);
            }
            catch (HandlerAssemblyException exception)
            {
                errors.Add(new SettingsError("configuration", AssembliesKey, exception.Message));
            }
        }

        return errors.Count == 0 ? new HandlerCatalog(registry) : throw new SettingsException(errors);
    }

    public JobHandler? Find(string name) => _registry.Handlers.GetValueOrDefault(name);

    /// <summary>Whether a job may name this handler with these arguments.</summary>
    /// <param name="arguments">JSON; null for none.</param>
    /// <returns>The member that is wrong (<c>name</c>, or a path such as <c>arguments.count</c>) and a sentence; null when all is well.</returns>
    public (string Member, string Message)? Check(string name, string? arguments)
    {
        if (Find(name) is not { } handler)
        {
            return ("name", Unknown(name));
        }

        try
        {
            handler.Check(arguments);
            return null;
        }
        catch (JobArgumentsException exception)
        {
            return (exception.Path, exception.Message);
        }
    }

    public string Unknown(string name) => $"There is no handler '{name}'; there are {string.Join(", ", Names)}. {AssembliesKey} names the assemblies that bring others.";

    /// <summary>Does nothing, which shows what the scheduler itself takes.</summary>
    private sealed class NoopJob : IJob<NoArguments>
    {
        public Task RunAsync(NoArguments arguments, JobContext context, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
