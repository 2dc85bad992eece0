namespace Signalbox.Bench;

/// <summary>Writes docs/benchmarks.md.</summary>
internal static class BenchmarksPage
{
    private const string File = "docs/benchmarks.md";

    private const string Introduction =
        """
        # Benchmarks

        `bench/run --write` wrote this page: it starts Debian's Prometheus beside the published Signalbox, feeds both the same generated remote-write stream, asks both the same
        ten range queries, and prints what it measured, whoever is ahead.

        The load says how many other programs wanted the processors when it began; with more than a few, look at the ratios alone.

        - **ingest**: seconds from the first request to the last acknowledgement, median of the rounds, fresh servers each round. Signalbox acknowledges after the log is forced
          to the disk (`fsync`), Prometheus after it has been handed to the operating system.
        - **queries**: median time of a whole HTTP request, uncompressed, turn and turn about. Both servers hold the samples in memory. Both give the same number of series and
          points, or the run stops.
        - **peak memory**: `VmHWM` after ingest and queries. Signalbox also watches itself and its host meanwhile.
        - **log on disk**: everything below the metrics' folder right after ingest: Prometheus's WAL and head chunks, Signalbox's log.
        - **compacted**: the same stream, three hours older. Prometheus's figure is a snapshot, which writes the head as a block with its index; Signalbox's is its day's SQLite
          file, index and free pages included. With so few samples a series, labels weigh more than samples on either side.
        - **idle**: freshly started, nothing configured, nobody asking; processor time over 30 s after the first minute.


        """;

    public static async Task WriteAsync(string report, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        await System.IO.File.WriteAllTextAsync(File, Introduction + report, cancellationToken);
    }
}
