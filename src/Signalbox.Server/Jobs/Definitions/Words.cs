namespace Signalbox.Server.Jobs.Definitions;

/// <summary>Reads filters that take one word, or several separated by commas.</summary>
internal static class Words
{
    /// <returns>Empty for null.</returns>
    public static IReadOnlyList<string> Of(string? text) =>
        text?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal).ToArray() ?? [];
}
