namespace Signalbox.Runner.Agents.Mapping;

/// <summary>The mappings that come with the program: those of <c>examples/runner</c>.</summary>
internal static class BuiltInMappings
{
    public const string Codex = "codex";

    /// <summary>The mapping's text; null when there is none of that name.</summary>
    public static string? Find(string name)
    {
        if (name != Codex)
        {
            return null;
        }

        using var resource = typeof(BuiltInMappings).Assembly.GetManifestResourceStream("codex.yaml")
            ?? throw new InvalidOperationException("The program was built without codex.yaml.");
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd();
    }
}
