using System.Globalization;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Runs.Reports;

/// <summary>Gathers what is wrong with a report, so that all of it is told at once.</summary>
internal sealed class ReportErrors
{
    /// <summary>Members told in one answer.</summary>
    private const int Most = 50;

    private readonly SortedDictionary<string, string[]> _errors = new(StringComparer.Ordinal);

    public void Add(string member, string message)
    {
        if (_errors.Count < Most)
        {
            _errors[member] = [.. _errors.GetValueOrDefault(member, []), message];
        }
    }

    public void Check(bool holds, string member, string message)
    {
        if (!holds)
        {
            Add(member, message);
        }
    }

    /// <summary>A text that is kept in a column: not too long, and without the character NUL, which not every database keeps.</summary>
    public void Text(string member, string? value, int most)
    {
        Check(value is null || value.Length <= most, member, string.Create(CultureInfo.InvariantCulture, $"This has more than {most} characters."));
        Check(value?.Contains('\0', StringComparison.Ordinal) != true, member, "This holds the character NUL.");
    }

    public void Count<T>(string member, IReadOnlyCollection<T>? items, int most) =>
        Check(items is null || items.Count <= most, member, string.Create(CultureInfo.InvariantCulture, $"This has more than {most} items."));

    public void NotNegative(string member, double? value) => Check(value is not < 0, member, "This is below 0.");

    /// <returns>Null when nothing is wrong.</returns>
    public Refusal? ToRefusal() => _errors.Count == 0
        ? null
        : new Refusal(StatusCodes.Status400BadRequest, "invalid_member", "Bad request", string.Join(" ", _errors.Select(static error => $"{error.Key}: {string.Join(" ", error.Value)}")))
        {
            More = new Dictionary<string, object?>(StringComparer.Ordinal) { ["errors"] = new Dictionary<string, string[]>(_errors, StringComparer.Ordinal) },
        };
}
