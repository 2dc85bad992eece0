using System.Globalization;
using Microsoft.Extensions.Logging;
using Signalbox.Runner.Facts;
using Signalbox.Runner.App;
using Signalbox.Runner.Uploading;
using Signalbox.Sdk.Audit;
using Signalbox.Sdk.Redaction;

namespace Signalbox.Runner.Auditing;

/// <summary>Sends records to a Signalbox server, and keeps those that it did not take for the next run.</summary>
/// <remarks>
/// A record has the same id whenever it is made, so sending it again does no harm. Nothing is opened before the first record. Runs that go on side by side each have a part of the spool for
/// themselves; what is left in a part whose run is over is sent by whichever run ends next.
/// </remarks>
/// <param name="spool">The folder of what is not sent yet: <c>.cicd-runner/spool</c>.</param>
internal sealed class AuditSender(UploadOptions server, string spool, Redactor redactor, TimeProvider clock, ILogger logger) : IAsyncDisposable
{
    /// <summary>Runs side by side that have a spool; a further one keeps in memory what it has to send.</summary>
    private const int MaxParts = 8;

    private AuditClient? _client;
    private int _part = -1;
    private bool _opened;
    private long _taken;
    private long _lost;

    /// <summary>The run's place in its trace, which the server's own records of what is sent belong to as well.</summary>
    public string? TraceParent { get; init; }

    /// <summary>Records that are on the server, those of earlier runs among them.</summary>
    public long Sent { get; private set; }

    /// <summary>Records that are not on the server and stay on disk for a later run.</summary>
    public long Kept { get; private set; }

    /// <summary>Records that the server does not take, or for which there was no room; they are in <c>audit.jsonl</c> only.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>Takes a record. Never waits and never throws.</summary>
    public void Take(AuditRecord record)
    {
        _taken++;
        if (Open() is { } client)
        {
            client.Record(AuditEntries.Of(record));
        }
        else if (server.Server is not null)
        {
            Interlocked.Increment(ref _lost);
        }
    }

    /// <summary>Sends what is left, of earlier runs too, and stops.</summary>
    /// <param name="most">How long it may take.</param>
    public async Task FinishAsync(TimeSpan most, CancellationToken cancellationToken)
    {
        if (server.Server is null || (_taken == 0 && !HasLeft()))
        {
            return;
        }

        Open();
        using var late = new CancellationTokenSource(most, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            await CloseAsync(either.Token);
            await SendOtherPartsAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            // What is not sent by now stays in the spool.
        }

        Kept = Left();
        if (Kept > 0 || Lost > 0)
        {
            logger.NotAllSent(server.Server.Host, Sent, Kept, Lost);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
        {
            await _client.DisposeAsync();
            _client = null;
        }
    }

    private AuditClient? Open()
    {
        if (_opened || server.Server is null)
        {
            return _client;
        }

        _opened = true;
        try
        {
            if (server.Token.Read() is not { } token)
            {
                logger.NoToken(server.Server.Host);
                return null;
            }

            for (_part = 0; _part < MaxParts && _client is null; _part++)
            {
                _client = TryOpen(token, _part);
            }

            _part--;
            return _client ??= new AuditClient(Options(token));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            logger.CannotSend(server.Server.Host, exception.Message);
            return null;
        }
    }

    /// <returns>Null when another run has that part, or it came with the repository: then what is in it is not what a run has recorded.</returns>
    private AuditClient? TryOpen(string token, int part)
    {
        if (Path.Exists(PartOf(part)) && !PrivateFiles.IsPrivate(PartOf(part)))
        {
            return null;
        }

        try
        {
            return new AuditClient(Options(token) with { SpoolFolder = PartOf(part) });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private AuditClientOptions Options(string token) => new()
    {
        Server = server.Server!,
        Token = token,
        Source = "runner",
        UserAgent = $"cicd-runner/{ProductVersion.Text}",
        TraceParent = TraceParent,
        Redactor = redactor,
        DrainTimeout = TimeSpan.Zero,
        OnFailure = Failed,
        Clock = clock,
    };

    private void Failed(AuditFailure failure)
    {
        Interlocked.Increment(ref _lost);
        logger.Refused(failure.Id, failure.Detail);
    }

    private async Task CloseAsync(CancellationToken cancellationToken)
    {
        if (_client is not { } client)
        {
            return;
        }

        try
        {
            await client.FlushAsync(cancellationToken);
        }
        finally
        {
            await client.DisposeAsync();
            Sent += client.Sent;
            _client = null;
        }
    }

    private async Task SendOtherPartsAsync(CancellationToken cancellationToken)
    {
        for (var part = 0; part < MaxParts; part++)
        {
            if (part != _part && FilesOf(part).Length > 0 && server.Token.Read() is { } token && TryOpen(token, part) is { } client)
            {
                _client = client;
                await CloseAsync(cancellationToken);
            }
        }
    }

    private string PartOf(int part) => Path.Combine(spool, part.ToString(CultureInfo.InvariantCulture));

    private string[] FilesOf(int part) => PrivateFiles.IsPrivate(PartOf(part)) ? [.. AuditSpool.FilesIn(PartOf(part))] : [];

    private bool HasLeft() => Enumerable.Range(0, MaxParts).Any(part => FilesOf(part).Length > 0);

    private long Left() => Enumerable.Range(0, MaxParts).SelectMany(FilesOf).Sum(static file => File.ReadLines(file).LongCount());
}
