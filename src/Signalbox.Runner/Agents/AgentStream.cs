using Signalbox.Runner.Facts;
using Signalbox.Runner.Readings.Report;

namespace Signalbox.Runner.Agents;

/// <summary>Reads an agent's whole output: cuts it into lines, has them read, and counts what came. A run and its replay use the same.</summary>
/// <remarks>
/// In a run every read from the command is one <see cref="Take"/>; a replay cuts the file where <c>stream.times</c> says, which gives every line the time it had.
/// Not thread-safe.
/// </remarks>
internal sealed class AgentStream(IAgentReader reader, long maxLineBytes)
{
    /// <summary>Types that are counted by their own names; those beyond are counted together as <c>other</c>.</summary>
    private const int MaxUnknownTypes = 100;

    private readonly LineSplitter _lines = new(maxLineBytes);
    private readonly SortedDictionary<string, long> _unknown = new(StringComparer.Ordinal);

    /// <summary>Lines so far, the empty ones among them.</summary>
    public long Lines { get; private set; }

    public long Broken { get; private set; }

    /// <summary>Lines above the bound, which were skipped; among the broken ones.</summary>
    public long Oversized { get; private set; }

    /// <summary>Where the first line begins that is not complete: what a line of <c>stream.times</c> begins with.</summary>
    public long CompletedOffset => _lines.LineStart;

    public StreamReport Report => new(_lines.Bytes, Lines, new SortedDictionary<string, long>(_unknown, StringComparer.Ordinal), Broken, Oversized);

    /// <summary>Reads the lines that the chunk completes.</summary>
    /// <param name="at">When the chunk had been read.</param>
    /// <param name="into">Events are added at its end.</param>
    /// <returns>Whether there was at least one line: a sign of life, even without an event.</returns>
    public bool Take(ReadOnlyMemory<byte> chunk, DateTimeOffset at, List<AgentEvent> into)
    {
        var before = Lines;
        _lines.Append(chunk);
        while (_lines.TryRead(out var line))
        {
            Read(line, at, into);
        }

        return Lines > before;
    }

    /// <summary>Reads what stands after the last line feed, once the stream has ended.</summary>
    public void Finish(DateTimeOffset at, List<AgentEvent> into)
    {
        if (_lines.TryFinish(out var line))
        {
            Read(line, at, into);
        }
    }

    private void Read(StreamLine line, DateTimeOffset at, List<AgentEvent> into)
    {
        Lines++;
        if (line.IsTooLong)
        {
            Oversized++;
            Broken++;
            into.Add(new BrokenLine($"The line has {line.Length} bytes, more than are read.") { At = at, Line = line.Number });
            return;
        }

        var first = into.Count;
        reader.Read(line.Bytes, line.Number, at, into);
        for (var index = first; index < into.Count; index++)
        {
            switch (into[index])
            {
                case BrokenLine:
                    Broken++;
                    break;
                case UnknownEvent unknown:
                    Count(unknown.Type);
                    break;
                default:
                    break;
            }
        }
    }

    private void Count(string type)
    {
        var name = _unknown.ContainsKey(type) || _unknown.Count < MaxUnknownTypes ? type : "other";
        _unknown[name] = _unknown.GetValueOrDefault(name) + 1;
    }
}
