using System.Globalization;
using System.Text.Json;
using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Agents.Mapping;

/// <summary>Reads an agent's output by a mapping: one JSON object a line, every entry that applies makes its events.</summary>
internal sealed class MappedReader(AgentMapping mapping, IReadOnlyList<string> command) : IAgentReader
{
    /// <summary>Elements of one array that make events; those beyond are left out.</summary>
    private const int MaxElements = 10_000;

    private readonly string? _model = AgentCommand.OptionValue(command, mapping.ModelOptions) ?? mapping.Model;

    // Ids are made with it, so it must be there even when the line that tells it was lost.
    private JsonElement _session = ConstantValue.ToElement(static writer => writer.WriteStringValue("unknown"));

    public string Name => mapping.Name;

    public void Read(ReadOnlyMemory<byte> line, long number, DateTimeOffset at, List<AgentEvent> into)
    {
        var text = line.Span.Trim(" \t\r"u8);
        if (text.IsEmpty)
        {
            return;
        }

        if (text[0] != (byte)'{')
        {
            into.Add(new BrokenLine("The line is no JSON object.") { At = at, Line = number });
            return;
        }

        try
        {
            // A huge line is brought within the bounds before a tree is made of it.
            var root = BoundedJson.Keep(text);
            var first = into.Count;
            Apply(new MappedLine(root, _session, root, 0), new MappedEvents(number, at, _model, into));
            if (into.FindLastIndex(static told => told is SessionStarted { SessionId: not null }) is var last && last >= first)
            {
                var session = (SessionStarted)into[last];
                _session = ConstantValue.ToElement(writer => writer.WriteStringValue(session.SessionId));
            }
        }
        catch (JsonException exception)
        {
            into.Add(new BrokenLine(string.Create(CultureInfo.InvariantCulture, $"The line is no JSON from byte {exception.BytePositionInLine ?? 0} on.")) { At = at, Line = number });
        }
    }

    private void Apply(MappedLine line, MappedEvents events)
    {
        var known = false;
        foreach (var entry in mapping.Entries)
        {
            if (!entry.When.Holds(line))
            {
                continue;
            }

            known = true;
            if (entry.Each is null)
            {
                events.Add(entry.Actions, line);
            }
            else if (entry.Each.Find(line) is { ValueKind: JsonValueKind.Array } array)
            {
                var index = 0;
                foreach (var element in array.EnumerateArray().Take(MaxElements))
                {
                    events.Add(entry.Actions, line with { Each = element, Index = index++ });
                }
            }
        }

        if (!known)
        {
            events.AddUnknown(mapping.Type.Text(line));
        }
    }
}
