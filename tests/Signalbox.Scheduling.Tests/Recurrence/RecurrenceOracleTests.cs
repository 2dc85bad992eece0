using System.Globalization;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Scheduling.Tests.Recurrence;

/// <summary>Hundreds of random rules give the occurrences that another implementation of RFC 5545 has found.</summary>
public sealed class RecurrenceOracleTests
{
    private const string Form = "yyyyMMdd'T'HHmmss";

    private static readonly string[] Lines =
        [.. File.ReadAllLines(RepositoryRoot.File("tests", "Signalbox.Scheduling.Tests", "Recurrence", "occurrences.txt")).Where(static line => !line.StartsWith('#'))];

    [Fact]
    public void OccurrencesAreThoseOfAnotherImplementation()
    {
        var wrong = new List<string>();
        foreach (var line in Lines)
        {
            var parts = line.Split('|');
            var expected = parts[2].Replace("end", "", StringComparison.Ordinal).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            var pattern = Pattern(parts[0], parts[1]);
            var actual = new List<string>();
            var found = pattern.NextAtOrAfter(0);
            for (; found != LocalTime.None && actual.Count < expected.Length; found = pattern.NextAtOrAfter(found + 1))
            {
                actual.Add(new DateTime(found * TimeSpan.TicksPerSecond, DateTimeKind.Unspecified).ToString(Form, CultureInfo.InvariantCulture));
            }

            if (!expected.SequenceEqual(actual) || (parts[2].EndsWith("end", StringComparison.Ordinal) && found != LocalTime.None))
            {
                wrong.Add($"{line} but {string.Join(',', actual)}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
        Assert.True(Lines.Length >= 300);
    }

    /// <summary>From any time between two occurrences the later one is the next, whatever was asked before.</summary>
    [Fact]
    public void TheNextIsTheSameFromWhereverItIsAsked()
    {
        var random = new Random(5);
        foreach (var line in Lines)
        {
            var parts = line.Split('|');
            var pattern = Pattern(parts[0], parts[1]);
            var before = pattern.NextAtOrAfter(0);
            for (var step = 0; step < 5 && before != LocalTime.None; step++)
            {
                var next = pattern.NextAtOrAfter(before + 1);
                var between = next == LocalTime.None ? before + random.Next(1, 1_000_000) : random.NextInt64(before + 1, next + 1);
                Assert.True(next > before);
                Assert.Equal(next, pattern.NextAtOrAfter(between));
                before = next;
            }
        }
    }

    private static RecurrencePattern Pattern(string start, string rule) =>
        new(Schedules.Rule(rule), LocalTime.SecondsOf(DateTime.ParseExact(start, Form, CultureInfo.InvariantCulture)));
}
