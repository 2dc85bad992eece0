using System.Text.Json;
using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Readings.Report;

/// <summary>Writes single members of a report; what is absent is left out.</summary>
internal static class ReportMembers
{
    public static void Text(this Utf8JsonWriter writer, string name, string? value) => FactMembers.WriteText(writer, name, value);

    public static void Whole(this Utf8JsonWriter writer, string name, long? value)
    {
        if (value is { } given)
        {
            writer.WriteNumber(name, given);
        }
    }

    public static void Number(this Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } given)
        {
            writer.WriteNumber(name, given);
        }
    }

    public static void Switch(this Utf8JsonWriter writer, string name, bool? value)
    {
        if (value is { } given)
        {
            writer.WriteBoolean(name, given);
        }
    }

    public static void Time(this Utf8JsonWriter writer, string name, DateTimeOffset? value)
    {
        if (value is { } given)
        {
            FactMembers.WriteTime(writer, name, given);
        }
    }

    public static void Texts(this Utf8JsonWriter writer, string name, IReadOnlyList<string> values) => FactMembers.WriteList(writer, name, values);

    public static void Counts(this Utf8JsonWriter writer, string name, IReadOnlyDictionary<string, long> values)
    {
        writer.WriteStartObject(name);
        foreach (var (member, value) in values)
        {
            writer.WriteNumber(member, value);
        }

        writer.WriteEndObject();
    }

    /// <param name="write">Writes the members of one.</param>
    public static void List<T>(this Utf8JsonWriter writer, string name, IReadOnlyList<T>? values, Action<Utf8JsonWriter, T> write)
        where T : class
    {
        if (values is null)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            writer.WriteStartObject();
            write(writer, value);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <param name="write">Writes its members.</param>
    public static void Part<T>(this Utf8JsonWriter writer, string name, T? value, Action<Utf8JsonWriter, T> write)
        where T : class
    {
        if (value is null)
        {
            return;
        }

        writer.WriteStartObject(name);
        write(writer, value);
        writer.WriteEndObject();
    }
}
