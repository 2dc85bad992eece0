namespace Signalbox.Server.Audit.Files;

/// <summary>The audit file itself: lines are added to its end, and it is put aside when it is large or old.</summary>
/// <remarks>
/// Whatever happens between two steps, no line is lost or written twice: what the file tells is written down only after it is on the disk, and what was
/// written after that is found by reading the end of the file. Used by one loop; not thread-safe.
/// </remarks>
internal sealed class FileOutput : IDisposable
{
    /// <summary>After this much, or this long, it is written down how far the file tells.</summary>
    private const long MostUnnoted = 4 << 20;

    private static readonly TimeSpan LongestUnnoted = TimeSpan.FromSeconds(5);

    private readonly string _path;
    private readonly FileSinkOptions _options;
    private readonly TimeProvider _clock;
    private readonly FileArchive _archive;
    private FileStream? _stream;
    private FilePlaces _noted = new(0, 0, []);
    private Dictionary<string, long> _next = new(StringComparer.Ordinal);
    private long _length;
    private long _openedAtMs;
    private long _notedAt;
    private bool _tidied;

    /// <param name="path">Absolute.</param>
    public FileOutput(string path, FileSinkOptions options, TimeProvider clock)
    {
        _path = path;
        _options = options;
        _clock = clock;
        _archive = new FileArchive(path, options);
    }

    private string PlacesPath => _path + ".state";

    /// <summary>The next sequence to write of a tenant's log.</summary>
    public long NextOf(string tenant) => _next.GetValueOrDefault(tenant);

    /// <summary>Opens the file when it is not open, and finds out how far it tells.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (_stream is not null)
        {
            if (File.Exists(_path))
            {
                return;
            }

            // Somebody else's rotation took it away; it has been written to until now.
            Finish();
        }

        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        var noted = FilePlaces.Load(PlacesPath);
        var stream = AuditFile.Open(_path, FileMode.OpenOrCreate);
        try
        {
            // A file that is shorter than what was written down is another one: the one before was put aside, or emptied by hand.
            var from = noted is not null && stream.Length >= noted.Offset ? noted.Offset : 0;
            var next = new Dictionary<string, long>(noted?.Next ?? [], StringComparer.Ordinal);
            stream.Position = from;
            _length = from + await FileTail.ReadAsync(stream, next, cancellationToken);
            if (_length < stream.Length)
            {
                stream.SetLength(_length);
            }

            stream.Position = _length;
            _openedAtMs = noted is not null && from > 0 ? noted.OpenedAtMs : NowMs();
            _noted = new FilePlaces(from, _openedAtMs, noted?.Next ?? []);
            _notedAt = _clock.GetTimestamp();
            _next = next;
            _stream = stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    /// <summary>Adds lines of one tenant's log.</summary>
    /// <param name="next">The sequence after the last of them.</param>
    public async Task AppendAsync(string tenant, ReadOnlyMemory<byte> lines, long next, CancellationToken cancellationToken)
    {
        if (_length > 0 && _length + lines.Length > _options.MaxBytes)
        {
            await RotateAsync(cancellationToken);
        }

        await _stream!.WriteAsync(lines, cancellationToken);
        _length += lines.Length;
        _next[tenant] = next;
        if (_length - _noted.Offset >= MostUnnoted)
        {
            Note();
        }
    }

    /// <summary>Skips what cannot be written any more.</summary>
    public void Skip(string tenant, long next) => _next[tenant] = next;

    /// <summary>Puts the file aside when it is old, tidies up, and writes down how far it tells when that was long ago.</summary>
    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        if (_length > 0 && _openedAtMs + (long)_options.MaxAge.TotalMilliseconds <= NowMs())
        {
            await RotateAsync(cancellationToken);
        }

        if (!_tidied)
        {
            await _archive.TidyAsync(_clock.GetUtcNow(), cancellationToken);
            _tidied = true;
        }

        if (_noted.Offset != _length && _clock.GetElapsedTime(_notedAt) >= LongestUnnoted)
        {
            Note();
        }
    }

    /// <summary>Deletes and compresses at the next turn what is due by then.</summary>
    public void TidyAgain() => _tidied = false;

    /// <summary>Writes down how far the file tells, and closes it.</summary>
    public void Finish()
    {
        if (_stream is not null)
        {
            Note();
            Close();
        }
    }

    /// <summary>Closes it as it is, after something went wrong; opening it again finds out what was written.</summary>
    public void Close()
    {
        _stream?.Dispose();
        _stream = null;
    }

    public void Dispose() => Close();

    private async Task RotateAsync(CancellationToken cancellationToken)
    {
        Note();
        Close();
        _archive.PutAside(_clock.GetUtcNow());
        _noted = new FilePlaces(0, NowMs(), new Dictionary<string, long>(_next, StringComparer.Ordinal));
        _noted.Save(PlacesPath);
        _tidied = false;
        await OpenAsync(cancellationToken);
    }

    private void Note()
    {
        _stream!.Flush(flushToDisk: true);
        _noted = new FilePlaces(_length, _openedAtMs, new Dictionary<string, long>(_next, StringComparer.Ordinal));
        _noted.Save(PlacesPath);
        _notedAt = _clock.GetTimestamp();
    }

    private long NowMs() => _clock.GetUtcNow().ToUnixTimeMilliseconds();
}
