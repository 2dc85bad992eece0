using System.Text.Json;

namespace Signalbox.Runner.Agents.Mapping;

/// <summary>What must be so for an entry to apply, or for a flag to be set.</summary>
internal abstract record MappedCondition
{
    public abstract bool Holds(MappedLine line);
}

/// <summary>The value is one of these; or, negated, is absent or none of them.</summary>
internal sealed record IsOneOf(MappedValue Value, IReadOnlyList<string> Texts, bool Negated) : MappedCondition
{
    public override bool Holds(MappedLine line) => (Value.Text(line) is { } text && Texts.Contains(text, StringComparer.Ordinal)) != Negated;
}

/// <summary>The value is there, or is not.</summary>
internal sealed record IsPresent(MappedValue Value, bool Wanted) : MappedCondition
{
    public override bool Holds(MappedLine line) => Value.Find(line) is not null == Wanted;
}

/// <summary>The value is JSON's true.</summary>
internal sealed record IsTrue(MappedValue Value) : MappedCondition
{
    public override bool Holds(MappedLine line) => Value.Find(line) is { ValueKind: JsonValueKind.True };
}

/// <summary>Always so, or never.</summary>
internal sealed record Fixed(bool Value) : MappedCondition
{
    public override bool Holds(MappedLine line) => Value;
}

/// <summary>All of these hold.</summary>
internal sealed record AllOf(IReadOnlyList<MappedCondition> Conditions) : MappedCondition
{
    public override bool Holds(MappedLine line)
    {
        foreach (var condition in Conditions)
        {
            if (!condition.Holds(line))
            {
                return false;
            }
        }

        return true;
    }
}
