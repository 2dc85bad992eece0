using System.Globalization;
using System.Text;
using Signalbox.Audit.Tests.Storage;
using Signalbox.Server.Audit.Keys;
using Signalbox.Server.Audit.Merkle;
using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Audit.Verification;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Audit.Tests.Verification;

/// <summary>A log that is written straight into its tables, as its writer would, and grows when a test says so.</summary>
internal sealed class SeededLog : IAsyncDisposable
{
    public const string Tenant = "default";

    private readonly AuditStoreUnderTest _store;
    private readonly TileBuilder _tree = TileBuilder.Empty();

    private SeededLog(AuditStoreUnderTest store, OpenedStore opened, AuditKeys keys)
    {
        _store = store;
        Opened = opened;
        Keys = keys;
    }

    public OpenedStore Opened { get; }

    public AuditKeys Keys { get; }

    public string AuditFile => _store.Data.File(AuditDatabase.FileName);

    public static async Task<SeededLog> CreateAsync(AuditStoreUnderTest store, long size, CancellationToken cancellationToken)
    {
        var opened = store.Open();
        var log = new SeededLog(store, opened, new AuditKeys(opened.Control, new KeyOptions(), TimeProvider.System));
        var signer = await log.Keys.SignerAsync(cancellationToken);
        await opened.Audit.WriteAsync(session => LogRows.TryAddAsync(session, Tenant, MerkleTree.EmptyRoot, signer.Sign(Tenant, 0, MerkleTree.EmptyRoot), 0), cancellationToken);
        await log.GrowAsync(size, keepCheckpoint: false, cancellationToken);
        return log;
    }

    public static byte[] BodyOf(long sequence) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"action":"thing.update","actor":{"id":"u{{{sequence % 7}}}","kind":"user","name":"U"},"id":"{{{sequence}}}","message":"Somebody changed a thing, the {{{sequence}}}th","resource":{"id":"r","name":"R","type":"thing"},"tenant":"default","time":"{{{TimeOf(sequence):yyyy-MM-dd'T'HH:mm:ss.fff'Z'}}}","userAgent":"test \"time\":\"no\"","v":1}"""));

    public Task GrowAsync(long count, bool keepCheckpoint, CancellationToken cancellationToken) => GrowAsync(count, keepCheckpoint, BodyOf, cancellationToken);

    public async Task GrowAsync(long count, bool keepCheckpoint, Func<long, byte[]> bodyOf, CancellationToken cancellationToken)
    {
        var signer = await Keys.SignerAsync(cancellationToken);
        await Opened.Audit.WriteAsync(
            async session =>
            {
                var row = (await LogRows.FindAsync(session, Tenant))!;
                var tiles = new List<Tile>();
                await AddEventsAsync(session, row, count, tiles, bodyOf);
                foreach (var tile in tiles)
                {
                    await session.ExecuteAsync("INSERT INTO audit_tiles (log, level, number, hashes) VALUES (@log, @Level, @Number, @Hashes)", new { log = row.Log, tile.Level, tile.Number, tile.Hashes });
                }

                var root = _tree.Root();
                var grown = row with { Size = _tree.Size, Root = root, Checkpoint = signer.Sign(Tenant, _tree.Size, root), TimeMs = row.TimeMs + 1 };
                await LogRows.TryGrowAsync(session, row, grown);
                if (keepCheckpoint)
                {
                    await CheckpointRows.AddAsync(session, row.Log, new CheckpointRow { Size = grown.Size, TimeMs = grown.TimeMs, Note = grown.Checkpoint });
                }

                return true;
            },
            cancellationToken);
    }

    /// <summary>Appends the record of a deletion, and deletes.</summary>
    public async Task PruneAsync(long first, CancellationToken cancellationToken)
    {
        await GrowAsync(1, keepCheckpoint: false, sequence => PruneBody(sequence, first), cancellationToken);
        await DeleteAsync(first, cancellationToken);
    }

    /// <summary>Deletes payloads as retention does, but without a word.</summary>
    public Task DeleteAsync(long first, CancellationToken cancellationToken) => Opened.Audit.WriteAsync(
        async session =>
        {
            var row = (await LogRows.FindAsync(session, Tenant))!;
            await LogRows.MoveFirstAsync(session, row.Log, first);
            await EventRows.DeleteAsync(session, row.Log, 0, first);
        },
        cancellationToken);

    public StoreLogSource Source() => _store.SourceOf(Tenant, new KeyOptions());

    public async Task<VerificationReport> VerifyAsync(CancellationToken cancellationToken) => (await VerifyAsync(null, cancellationToken)).Report;

    public async Task<(VerificationReport Report, VerificationState? State)> VerifyAsync(VerificationState? state, CancellationToken cancellationToken)
    {
        await using var source = Source();
        return await new LogVerifier(source, []).RunAsync(state, progress: null, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Keys.Dispose();
        await _store.DisposeAsync();
    }

    private static byte[] PruneBody(long sequence, long until) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"action":"audit.prune","actor":{"id":"system","kind":"system","name":"system"},"data":{"until":{{{until}}}},"id":"{{{sequence}}}","tenant":"default","time":"{{{TimeOf(sequence):yyyy-MM-dd'T'HH:mm:ss.fff'Z'}}}","v":1}"""));

    private static DateTimeOffset TimeOf(long sequence) => DateTimeOffset.FromUnixTimeMilliseconds(1_790_000_000_000 + (sequence * 7));

    private async Task AddEventsAsync(ControlSession session, LogRow row, long count, List<Tile> tiles, Func<long, byte[]> bodyOf)
    {
        await using var command = session.Connection.CreateCommand();
        command.CommandText = "INSERT INTO audit_events (position, time_ms, leaf, body) VALUES (@position, @time, @leaf, @body)";
        var parameters = new[] { "@position", "@time", "@leaf", "@body" }.Select(name =>
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            command.Parameters.Add(parameter);
            return parameter;
        }).ToArray();
        for (var i = 0L; i < count; i++)
        {
            var sequence = _tree.Size;
            var body = bodyOf(sequence);
            var leaf = MerkleTree.LeafHash(body);
            (parameters[0].Value, parameters[1].Value, parameters[2].Value, parameters[3].Value) =
                (EventPosition.Of(row.Log, sequence), ScannedTile.TimeOf(body) ?? 0, leaf, body);
            await command.ExecuteNonQueryAsync();
            _tree.Append(leaf, tiles);
        }
    }
}
