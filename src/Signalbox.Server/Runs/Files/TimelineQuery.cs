using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Http;
using Signalbox.Server.Runs.Reports;

namespace Signalbox.Server.Runs.Files;

/// <summary>Reads pages of a run's time line from what has arrived of its <c>timeline.jsonl</c>.</summary>
internal sealed class TimelineQuery(ControlDatabase database, ContentReader contents)
{
    /// <summary>Bytes that are looked through for one page; a filter may leave it short then.</summary>
    private const int MostBytes = 8 * 1024 * 1024;

    /// <summary>Bytes of one entry; the runner's own stay far below.</summary>
    private const int LongestEntry = 1024 * 1024;

    /// <param name="after">Number of the entry before the page; null for the beginning.</param>
    /// <param name="kinds">Empty for all.</param>
    public async Task<Outcome<RunTimelinePage>> RunAsync(string tenant, string id, string? after, IReadOnlySet<string> kinds, int limit, CancellationToken cancellationToken)
    {
        var last = -1L;
        if (after is not null && !(long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out last) && last < long.MaxValue))
        {
            return RunsRefusals.BadCursor;
        }

        var found = await database.ReadAsync(
            async session =>
            {
                var run = await RunStore.FindAsync(session, tenant, id);
                var file = run is null ? null : await FileStore.FindAsync(session, run.RunKey, RunFileNames.Timeline);
                return (Run: run, File: file, Places: file is null ? [] : await ContentStore.ListPlacesAsync(session, file.ContentId));
            },
            cancellationToken);
        if (found.Run is null)
        {
            return RunsRefusals.RunNotFound;
        }

        if (found.File is null || found.Places.Count == 0)
        {
            return new RunTimelinePage([], null);
        }

        var page = new TimelinePage(last + 1, kinds, limit, MostBytes);
        var (start, firstLine) = PlaceOf(found.Places, last + 1);
        page.Begin(firstLine);
        await contents.ReadAsync(found.File.ContentId, start, (bytes, _) => ValueTask.FromResult(page.Take(bytes.Span)), cancellationToken);
        page.End(found.File.Complete);
        return new RunTimelinePage(page.Items, page.Next);
    }

    /// <summary>Where to begin reading for a line: the row in which the line before it ends.</summary>
    /// <returns>The row's place, and the number of the line that its first byte belongs to.</returns>
    private static (long StartByte, long Line) PlaceOf(IReadOnlyList<ContentPlace> places, long line)
    {
        var lines = 0L;
        foreach (var place in places)
        {
            if (lines + place.LineCount >= line)
            {
                return (place.StartByte, lines);
            }

            lines += place.LineCount;
        }

        return (places[^1].StartByte, lines - places[^1].LineCount);
    }

    /// <summary>Gathers the entries of one page from the bytes as they come.</summary>
    private sealed class TimelinePage(long first, IReadOnlySet<string> kinds, int limit, int mostBytes)
    {
        private readonly List<RunTimelineEntry> _items = [];
        private readonly ArrayBufferWriter<byte> _line = new();
        private bool _isTooLong;
        private long _number;
        private long _read;

        public IReadOnlyList<RunTimelineEntry> Items => _items;

        public string? Next { get; private set; }

        public void Begin(long line) => _number = line;

        /// <returns>Whether more is wanted.</returns>
        public bool Take(ReadOnlySpan<byte> bytes)
        {
            _read += bytes.Length;
            while (bytes.IndexOf((byte)'\n') is >= 0 and var end)
            {
                Keep(bytes[..end]);
                bytes = bytes[(end + 1)..];
                if (!Add())
                {
                    return false;
                }
            }

            Keep(bytes);
            if (_read >= mostBytes && _number > first)
            {
                Next = (_number - 1).ToString(CultureInfo.InvariantCulture);
                return false;
            }

            return true;
        }

        /// <param name="isWhole">No more will come, so that what stands behind the last line feed is a line.</param>
        public void End(bool isWhole)
        {
            if (Next is null && isWhole && _line.WrittenCount > 0)
            {
                Add();
            }
        }

        /// <summary>What a sender may have made as long as the whole file is not gathered.</summary>
        private void Keep(ReadOnlySpan<byte> bytes)
        {
            _isTooLong |= _line.WrittenCount + bytes.Length > LongestEntry;
            if (!_isTooLong)
            {
                _line.Write(bytes);
            }
        }

        private bool Add()
        {
            var (number, isTooLong) = (_number++, _isTooLong);
            if (number >= first)
            {
                var entry = isTooLong ? Broken(number) : Read(_line.WrittenSpan, number);
                if (kinds.Count == 0 || kinds.Contains(entry.Kind))
                {
                    if (_items.Count == limit)
                    {
                        Next = _items[^1].Number.ToString(CultureInfo.InvariantCulture);
                        return false;
                    }

                    _items.Add(entry);
                }
            }

            _line.ResetWrittenCount();
            _isTooLong = false;
            return true;
        }

        private static RunTimelineEntry Read(ReadOnlySpan<byte> line, long number)
        {
            try
            {
                return JsonSerializer.Deserialize(line, RunsJson.Default.RunTimelineEntry) is { } entry ? entry with { Number = number } : Broken(number);
            }
            catch (JsonException)
            {
                return Broken(number);
            }
        }

        private static RunTimelineEntry Broken(long number) => new() { Kind = "broken", Number = number, Title = "This entry cannot be read." };
    }
}
