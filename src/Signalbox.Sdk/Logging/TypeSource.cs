using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Signalbox.Sdk.Logging;

/// <summary>Finds where a type's code begins, from the debug information inside its assembly.</summary>
/// <remarks>
/// The stack sometimes has no frame of the code that logged: optimised code jumps into a call that is a method's last. Then the class that owns the log
/// category is the closest true answer.
/// </remarks>
internal static class TypeSource
{
    private static readonly ConcurrentDictionary<string, string?> Kept = new(StringComparer.Ordinal);

    /// <returns><c>file:line</c>, or null when there is no such type or it has no debug information.</returns>
    public static string? Find(string typeName) => Kept.GetOrAdd(typeName, static name =>
    {
        var type = AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetType(name)).FirstOrDefault(static type => type is not null);
        return type is null || type.Assembly.Location.Length == 0 || !File.Exists(type.Assembly.Location) ? null : Read(type);
    });

    private static string? Read(Type type)
    {
        using var image = new PEReader(File.OpenRead(type.Assembly.Location));
        var embedded = image.ReadDebugDirectory().FirstOrDefault(static entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
        if (embedded.DataSize == 0)
        {
            return null;
        }

        using var provider = image.ReadEmbeddedPortablePdbDebugDirectoryData(embedded);
        var symbols = provider.GetMetadataReader();
        var definition = image.GetMetadataReader().GetTypeDefinition((TypeDefinitionHandle)MetadataTokens.Handle(type.MetadataToken));
        foreach (var method in definition.GetMethods())
        {
            foreach (var point in symbols.GetMethodDebugInformation(method).GetSequencePoints())
            {
                var file = symbols.GetString(symbols.GetDocument(point.Document).Name);
                if (!point.IsHidden && !file.EndsWith(".g.cs", StringComparison.Ordinal))
                {
                    return string.Create(CultureInfo.InvariantCulture, $"{CallSite.Relative(file)}:{point.StartLine}");
                }
            }
        }

        return null;
    }
}
