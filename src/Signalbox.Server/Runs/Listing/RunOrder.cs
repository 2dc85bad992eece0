using System.Globalization;

namespace Signalbox.Server.Runs.Listing;

/// <summary>What a list of runs is sorted by, from high to low; runs that are equal in it by when they first came.</summary>
/// <param name="Name">As requests name it.</param>
/// <param name="Column">Never null in any row.</param>
internal sealed record RunOrder(string Name, string Column)
{
    public static IReadOnlyList<RunOrder> All { get; } =
        [new("startedAt", "started_at_ms"), new("risk", "risk"), new("cost", "cost_micros"), new("tokens", "tokens"), new("duration", "duration_ms")];

    public static RunOrder? Find(string? name) => name is null ? All[0] : All.FirstOrDefault(order => order.Name == name);

    /// <summary>Where a page ended that was sorted so.</summary>
    public string CursorOf(RunCursor place) => string.Create(CultureInfo.InvariantCulture, $"{Name}.{place.Value}.{place.RunKey}");

    /// <returns>Null for what is not a cursor of a list sorted so.</returns>
    public RunCursor? Parse(string text)
    {
        var parts = text.Length > 200 ? [] : text.Split('.');
        return parts is [var name, var value, { Length: > 0 } key] && name == Name && long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? new RunCursor(number, key)
            : null;
    }
}

/// <summary>The last run of a page.</summary>
/// <param name="Value">Of the column that the list is sorted by.</param>
internal readonly record struct RunCursor(long Value, string RunKey);
