using System.Globalization;

namespace Signalbox.Server.Jobs.Running.Http;

/// <summary>Compares statuses with patterns such as <c>2xx</c> and <c>204</c>.</summary>
internal static class StatusPattern
{
    public static bool Matches(IReadOnlyList<string> patterns, int status)
    {
        var text = status.ToString(CultureInfo.InvariantCulture);
        return patterns.Any(pattern => pattern.Length == text.Length && pattern.Zip(text).All(static pair => pair.First is 'x' or 'X' || pair.First == pair.Second));
    }

    /// <summary>Whether the same request may be answered differently later: what a server says of itself, and of haste.</summary>
    public static bool MayPass(int status) => status is >= 500 or 408 or 409 or 423 or 425 or 429;
}
