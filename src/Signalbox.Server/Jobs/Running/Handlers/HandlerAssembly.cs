using System.Reflection;
using System.Runtime.Loader;
using Signalbox.Sdk.Jobs;

namespace Signalbox.Server.Jobs.Running.Handlers;

/// <summary>An assembly of handlers with what it brought along, kept apart from the server's own versions of the same libraries.</summary>
internal sealed class HandlerAssembly : AssemblyLoadContext
{
    /// <summary>Whose types cross the border between server and handlers, so that both must have the same ones.</summary>
    private static readonly string[] Shared = ["Signalbox.Sdk", "Microsoft.Extensions.Logging.Abstractions", "System.Text.Json"];

    private readonly AssemblyDependencyResolver _resolver;
    private readonly string _file;

    private HandlerAssembly(string file)
        : base(Path.GetFileNameWithoutExtension(file))
    {
        _file = file;
        _resolver = new AssemblyDependencyResolver(file);
    }

    /// <summary>Loads the assembly and lets its modules register their handlers.</summary>
    /// <param name="file">Absolute.</param>
    /// <exception cref="HandlerAssemblyException">It cannot be loaded, holds no module, or a module fails.</exception>
    public static void Register(string file, JobRegistry registry)
    {
        if (!File.Exists(file))
        {
            throw new HandlerAssemblyException($"{file} does not exist.");
        }

        try
        {
            var modules = new HandlerAssembly(file).Modules();
            if (modules.Count == 0)
            {
                throw new HandlerAssemblyException($"{file} has no public class that implements {typeof(IJobModule).FullName} and has a constructor without parameters.");
            }

            foreach (var module in modules)
            {
                module.Register(registry);
            }
        }
        catch (Exception exception) when (exception is not HandlerAssemblyException)
        {
            // Other people's code runs here, so anything may come; whatever it is, the server must not start without its handlers.
            var reason = exception is TargetInvocationException { InnerException: { } inner } ? inner : exception;
            throw new HandlerAssemblyException($"{file} cannot be used: {ReasonOf(reason)}", exception);
        }
    }

    protected override Assembly? Load(AssemblyName assemblyName) =>
        Shared.Contains(assemblyName.Name, StringComparer.Ordinal) ? null
        : _resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path)
        : null;

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : nint.Zero;

    private List<IJobModule> Modules() =>
    [
        .. LoadFromAssemblyPath(_file).GetExportedTypes()
            .Where(static type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IJobModule)) && type.GetConstructor(Type.EmptyTypes) is not null)
            .OrderBy(static type => type.FullName, StringComparer.Ordinal)
            .Select(static type => (IJobModule)Activator.CreateInstance(type)!),
    ];

    private static string ReasonOf(Exception exception) => exception switch
    {
        BadImageFormatException => "it is no .NET assembly.",
        FileNotFoundException { FileName: { } name } => $"it needs {name}, which is not beside it.",
        _ => exception.Message,
    };
}

/// <summary>An assembly of handlers cannot be used; the message says which and why.</summary>
internal sealed class HandlerAssemblyException(string message, Exception? innerException = null) : Exception(message, innerException);
