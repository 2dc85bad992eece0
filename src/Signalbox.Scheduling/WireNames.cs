using System.Diagnostics.CodeAnalysis;

namespace Signalbox.Scheduling;

/// <summary>The names under which the enumerations of this project go over the wire, into files and into the database: one table for all.</summary>
public static class WireNames
{
    /// <summary>The name of a value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not one of the enumeration's.</exception>
    public static string Format<T>(T value)
        where T : struct, Enum =>
        Names<T>.Table.TryGetValue(value, out var name) ? name : throw new ArgumentOutOfRangeException(nameof(value), value, "This value has no name.");

    /// <summary>Finds the value of a name; names are compared exactly.</summary>
    public static bool TryParse<T>([NotNullWhen(true)] string? name, out T value)
        where T : struct, Enum
    {
        value = default;
        return name is not null && Names<T>.Values.TryGetValue(name, out value);
    }

    /// <summary>All names of an enumeration in the order of its values, for messages.</summary>
    public static IReadOnlyList<string> All<T>()
        where T : struct, Enum =>
        Names<T>.Ordered;

    private static class Names<T>
        where T : struct, Enum
    {
        /// <summary>Names are the members' own in camel case, except for those that the wire separates with hyphens.</summary>
        public static readonly Dictionary<T, string> Table = Enum.GetValues<T>().ToDictionary(static value => value, static value => NameOf(value.ToString()));

        public static readonly Dictionary<string, T> Values = Table.ToDictionary(static pair => pair.Value, static pair => pair.Key, StringComparer.Ordinal);

        public static readonly string[] Ordered = [.. Enum.GetValues<T>().Select(static value => Table[value])];

        private static string NameOf(string member) =>
            typeof(T) == typeof(DstGap)
                ? string.Concat(member.Select(static (letter, index) => char.IsUpper(letter) ? $"{(index == 0 ? "" : "-")}{char.ToLowerInvariant(letter)}" : $"{letter}"))
                : char.ToLowerInvariant(member[0]) + member[1..];
    }
}
