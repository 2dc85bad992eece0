using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Signalbox.Scheduling;

/// <summary>Finds zones by their IANA names.</summary>
public static class TimeZones
{
    private const int MaxLength = 64;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/");

    /// <summary>Finds a zone by its IANA name, such as <c>Europe/Berlin</c> or <c>UTC</c>. Names are files on many systems, so nothing else reaches the system.</summary>
    public static bool TryFind(string? name, [NotNullWhen(true)] out TimeZoneInfo? zone)
    {
        zone = null;
        if (!IsName(name))
        {
            return false;
        }

        // Instants are kept with this very name, so the system's own spelling of UTC does not matter.
        return name is "UTC" or "Etc/UTC" or "Z" ? (zone = TimeZoneInfo.Utc) is not null : TimeZoneInfo.TryFindSystemTimeZoneById(name, out zone);
    }

    /// <summary>A text that could be the name of a zone, and no other file than a zone's.</summary>
    internal static bool IsName([NotNullWhen(true)] string? name) =>
        !string.IsNullOrEmpty(name) && name.Length <= MaxLength && name[0] != '/' && !name.AsSpan().ContainsAnyExcept(Allowed);
}
