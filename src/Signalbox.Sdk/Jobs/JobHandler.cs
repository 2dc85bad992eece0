using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Signalbox.Sdk.Jobs;

/// <summary>A handler under its name, with its type of arguments.</summary>
public abstract class JobHandler
{
    private protected JobHandler(string name) => Name = name;

    public string Name { get; }

    /// <summary>The type that a job's arguments are read into.</summary>
    public abstract Type Arguments { get; }

    /// <summary>Whether arguments fit, without running anything.</summary>
    /// <param name="arguments">JSON; null stands for an empty object.</param>
    /// <exception cref="JobArgumentsException">They do not fit.</exception>
    public abstract void Check(string? arguments);

    /// <summary>Runs one attempt.</summary>
    /// <param name="arguments">JSON; null stands for an empty object.</param>
    /// <exception cref="JobArgumentsException">They do not fit; nothing was run.</exception>
    public abstract Task RunAsync(string? arguments, JobContext context, CancellationToken cancellationToken);
}

/// <summary>A handler whose arguments are <typeparamref name="TArguments"/>.</summary>
internal sealed class JobHandler<TArguments> : JobHandler
{
    private readonly Func<IJob<TArguments>> _create;
    private readonly JsonTypeInfo<TArguments> _arguments;

    public JobHandler(string name, Func<IJob<TArguments>> create, JsonTypeInfo<TArguments> arguments)
        : base(name)
    {
        _create = create;

        // A member that is misspelt must not pass for one left out; a type that wants it otherwise says so with its own attribute.
        var strict = new JsonSerializerOptions(arguments.Options)
        {
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
        };
        _arguments = (JsonTypeInfo<TArguments>)strict.GetTypeInfo(typeof(TArguments));
    }

    public override Type Arguments => typeof(TArguments);

    public override void Check(string? arguments) => Read(arguments);

    public override async Task RunAsync(string? arguments, JobContext context, CancellationToken cancellationToken)
    {
        var read = Read(arguments);
        var job = _create();
        try
        {
            await job.RunAsync(read, context, cancellationToken);
        }
        finally
        {
            if (job is IAsyncDisposable asynchronous)
            {
                await asynchronous.DisposeAsync();
            }
            else
            {
                (job as IDisposable)?.Dispose();
            }
        }
    }

    private TArguments Read(string? arguments)
    {
        try
        {
            return JsonSerializer.Deserialize(arguments ?? "{}", _arguments)
                ?? throw new JobArgumentsException("arguments", $"The arguments of handler {Name} are null; they are an object.");
        }
        catch (JsonException exception)
        {
            var path = "arguments" + (exception.Path ?? "$").TrimStart('$');
            throw new JobArgumentsException(path, $"{path} does not fit handler {Name}: {Reason(exception)}", exception);
        }
        catch (Exception exception) when (exception is not JobArgumentsException)
        {
            // Constructors, setters and converters of the type may refuse what they are given in any way.
            throw new JobArgumentsException("arguments", $"The arguments do not fit handler {Name}: {exception.Message}", exception);
        }
    }

    /// <summary>The serialiser's own sentence, which names what is missing or unknown, without the place that follows it.</summary>
    private static string Reason(JsonException exception)
    {
        // Of a value of the wrong kind the outer sentence names the type of the whole arguments, the inner one what was wrong with the value.
        var message = exception.InnerException is InvalidOperationException or FormatException ? exception.InnerException.Message : exception.Message;
        return message.IndexOf(" Path: $", StringComparison.Ordinal) is var place and > 0 ? message[..place] : message;
    }
}
