namespace Signalbox.Runner.Agents.Mapping;

/// <summary>One event that an entry makes of a line.</summary>
/// <param name="Kind">One of <see cref="MappingSchema.Actions"/>.</param>
internal sealed record MappedAction(string Kind, IReadOnlyDictionary<string, MappedValue> Values, IReadOnlyDictionary<string, MappedCondition> Flags)
{
    public string? Text(string member, MappedLine line) => Values.TryGetValue(member, out var value) ? value.Text(line) : null;

    public double? Number(string member, MappedLine line) => Values.TryGetValue(member, out var value) ? value.Number(line) : null;

    public bool Flag(string member, MappedLine line) => Flags.TryGetValue(member, out var flag) && flag.Holds(line);
}

/// <summary>One entry of a mapping: the lines it applies to, and what it makes of them.</summary>
/// <param name="Each">The array of which every element makes the events; null for one time a line.</param>
/// <param name="Actions">In the order in which they stand; empty for lines that are known and tell nothing.</param>
internal sealed record MappedEntry(MappedCondition When, JsonPath? Each, IReadOnlyList<MappedAction> Actions);
