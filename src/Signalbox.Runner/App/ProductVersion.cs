using System.Reflection;

namespace Signalbox.Runner.App;

/// <summary>Which build this is.</summary>
internal static class ProductVersion
{
    /// <summary>Version and commit, for instance <c>0.1.0+3f2a…</c>.</summary>
    public static string Text { get; } =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
