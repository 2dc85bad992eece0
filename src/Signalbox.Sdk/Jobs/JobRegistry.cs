using System.Text.Json.Serialization.Metadata;

namespace Signalbox.Sdk.Jobs;

/// <summary>Names the handlers that jobs may run. Not thread-safe: handlers are registered at the start.</summary>
public sealed class JobRegistry
{
    private const int LongestName = 200;

    private readonly SortedDictionary<string, JobHandler> _handlers = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, JobHandler> Handlers => _handlers;

    /// <summary>Registers a handler.</summary>
    /// <param name="name">What a job's <c>handler.name</c> says: 1–200 characters without white space, case-sensitive.</param>
    /// <param name="create">Makes the handler of one attempt; one that is disposable is disposed of afterwards.</param>
    /// <param name="arguments">From a source-generated context; members that it does not know, and nulls where it wants none, are refused.</param>
    /// <exception cref="ArgumentException">The name is not allowed, or taken.</exception>
    public JobRegistry Add<TJob, TArguments>(string name, Func<TJob> create, JsonTypeInfo<TArguments> arguments)
        where TJob : IJob<TArguments>
    {
        ArgumentNullException.ThrowIfNull(create);
        ArgumentNullException.ThrowIfNull(arguments);
        if (name is not { Length: > 0 and <= LongestName } || name.Any(static c => char.IsWhiteSpace(c) || char.IsControl(c)))
        {
            throw new ArgumentException($"'{name}' cannot name a handler: 1–{LongestName} characters without white space.", nameof(name));
        }

        if (!_handlers.TryAdd(name, new JobHandler<TArguments>(name, () => create(), arguments)))
        {
            throw new ArgumentException($"There are two handlers of the name '{name}'.", nameof(name));
        }

        return this;
    }

    /// <inheritdoc cref="Add{TJob, TArguments}"/>
    /// <summary>Registers a handler without arguments.</summary>
    public JobRegistry Add<TJob>(string name, Func<TJob> create)
        where TJob : IJob<NoArguments> => Add(name, create, NoArgumentsJson.Default.NoArguments);
}
