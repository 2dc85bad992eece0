namespace Signalbox.Server.Platform.Control;

/// <summary>How a file is cut into pages, and how many of them may wait in its log.</summary>
/// <param name="Bytes">Of a page; only a new file heeds it.</param>
/// <param name="Checkpoint">Pages in the log after which they are moved into the file.</param>
/// <remarks>Source: https://www.sqlite.org/pragma.html#pragma_page_size and https://www.sqlite.org/pragma.html#pragma_wal_autocheckpoint</remarks>
internal sealed record SqlitePages(int Bytes, int Checkpoint)
{
    /// <summary>SQLite's own, for rows of ordinary length.</summary>
    public static SqlitePages Default { get; } = new(4096, 1000);
}
