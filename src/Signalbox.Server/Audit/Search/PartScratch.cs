using System.Runtime.InteropServices;

namespace Signalbox.Server.Audit.Search;

/// <summary>What is reused from row to row while an era is written.</summary>
internal sealed class PartScratch
{
    public List<int> Offsets { get; } = [];

    public List<uint> Keys { get; } = [];

    /// <summary>For each key its only record, or the place of its postings.</summary>
    public List<(int Value, bool IsPlace)> Slots { get; } = [];

    public List<byte> Postings { get; } = [];

    public void Clear()
    {
        Keys.Clear();
        Slots.Clear();
        Postings.Clear();
    }

    /// <summary>Adds a term with the records that are in <see cref="Offsets"/>.</summary>
    public void Add(uint key, int records)
    {
        Keys.Add(key);
        if (Offsets.Count == 1)
        {
            Slots.Add((Offsets[0], false));
            return;
        }

        Slots.Add((Postings.Count, true));
        Search.Postings.Write(Postings, CollectionsMarshal.AsSpan(Offsets), records);
    }
}
