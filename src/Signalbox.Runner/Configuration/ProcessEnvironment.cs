using System.Collections;

namespace Signalbox.Runner.Configuration;

/// <summary>The environment that this process was started with.</summary>
internal static class ProcessEnvironment
{
    /// <summary>Compares names of variables: on Windows, where the <c>PATH</c> of one program is the <c>Path</c> of another, without regard to case.</summary>
    public static StringComparer Names => OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    public static IReadOnlyDictionary<string, string> Read()
    {
        var variables = new Dictionary<string, string>(Names);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            variables[(string)variable.Key] = (string?)variable.Value ?? string.Empty;
        }

        return variables;
    }
}
