using System.Globalization;

namespace Signalbox.Scheduling;

/// <summary>One <c>NAME=VALUE</c> of a recurrence rule and where it stands.</summary>
internal readonly record struct RecurrencePart(string Name, int NameAt, string Value, int ValueAt)
{
    /// <summary>The comma-separated items with their positions.</summary>
    public IEnumerable<(string Text, int At)> Items()
    {
        var at = ValueAt;
        foreach (var item in Value.Split(','))
        {
            yield return (item, at);
            at += item.Length + 1;
        }
    }

    public int Number(int min, int max) => Number(Value, ValueAt, min, max);

    public ulong Bits(int min, int max)
    {
        var bits = 0UL;
        foreach (var (text, at) in Items())
        {
            bits |= 1UL << Number(text, at, min, max);
        }

        return bits;
    }

    /// <summary>Numbers that may count from the end: ±1 to ±max, in order and once each.</summary>
    public int[] SignedNumbers(int max)
    {
        var numbers = new SortedSet<int>();
        foreach (var (text, at) in Items())
        {
            var number = Number(text, at, -max, max);
            numbers.Add(number != 0 ? number : throw Wrong($"0 is not from 1 to {max} or from -{max} to -1", at));
        }

        return [.. numbers];
    }

    public int Number(string text, int at, int min, int max) =>
        text.Length <= 9 && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : throw Wrong(text.Length == 0 ? "a number is missing" : $"'{text}' is not a number from {min} to {max}", at);

    public ScheduleSyntaxException Wrong(string what, int at) => new($"In {Name} {what}.", at);
}
