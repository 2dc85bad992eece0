using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Server.Tests.Platform.Control.Conformance;

/// <summary>What every dialect's forms must do on their database.</summary>
public abstract class DialectConformance : IAsyncLifetime
{
    private static readonly Migration Tables = new(1, "tables", """
        CREATE TABLE things (
            id {id} NOT NULL PRIMARY KEY,
            name {name} NOT NULL,
            note {text} NULL,
            body {longtext} NULL,
            hash {hash} NULL,
            payload {bytes} NULL,
            size {bigint} NOT NULL DEFAULT 0,
            number {int} NOT NULL DEFAULT 0,
            disabled {bool} NOT NULL DEFAULT 0,
            rate {real} NULL,
            UNIQUE (name)
        );
        CREATE INDEX things_by_size ON things (size);
        CREATE UNIQUE INDEX things_by_hash ON things (hash);
        """);

    private readonly SharedDatabases _databases;
    private readonly ControlEngine _engine;
    private ControlUnderTest? _place;
    private ControlDatabase? _database;

    private protected DialectConformance(SharedDatabases databases, ControlEngine engine)
    {
        _databases = databases;
        _engine = engine;
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private ControlDatabase Database => _database!;

    private IControlDialect Dialect => Database.Dialect;

    public async ValueTask InitializeAsync()
    {
        _place = await ControlUnderTest.CreateAsync(_databases, _engine, Cancel);
        _database = _place.Open(Tables);
    }

    public async ValueTask DisposeAsync()
    {
        if (_place is not null)
        {
            await _place.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task EveryTypeComesBackAsItWent()
    {
        var thing = new Thing
        {
            Id = "a",
            Name = "Große Köchin 👩‍🍳",
            Note = new string('n', 60_000),
            Body = new string('b', 200_000),
            Hash = [.. Enumerable.Range(0, 64).Select(static index => (byte)(index * 4))],
            Payload = [0, 39, 92, 255, 0],
            Size = long.MaxValue,
            Number = int.MinValue,
            Disabled = true,
            Rate = 0.1,
        };
        await Database.RunAsync(
            session => session.ExecuteAsync(
                "INSERT INTO things (id, name, note, body, hash, payload, size, number, disabled, rate) VALUES (@Id, @Name, @Note, @Body, @Hash, @Payload, @Size, @Number, @Disabled, @Rate)", thing),
            Cancel);

        var back = (await AllAsync()).Single();

        Assert.Equal(thing.Hash, back.Hash);
        Assert.Equal(thing.Payload, back.Payload);
        Assert.Equal(thing with { Hash = null, Payload = null }, back with { Hash = null, Payload = null });
        Assert.Equal(1, await CountAsync("disabled = 1 AND disabled = @disabled AND hash = @hash", new { disabled = true, hash = thing.Hash }));
    }

    [Fact]
    public async Task AnAbsentValueComesBackAbsent()
    {
        await AddAsync("a", 1);

        var back = (await AllAsync()).Single();

        Assert.Null(back.Note);
        Assert.Null(back.Rate);
        Assert.Null(back.Hash);
        Assert.False(back.Disabled);
    }

    [Fact]
    public async Task TheClockIsInMillisecondsAndGoesOn()
    {
        var before = Now.ToUnixTimeMilliseconds();
        var first = await Database.ReadAsync(session => session.ValueAsync<long>($"SELECT {Dialect.NowMs}"), Cancel);
        var second = await Database.RunAsync(session => session.ValueAsync<long>($"SELECT {Dialect.NowMs}"), Cancel);
        var after = Now.ToUnixTimeMilliseconds();

        // The database's clock and this process's read the same hardware, though not to the same fraction of a millisecond.
        Assert.InRange(first, before - 2, after + 2);
        Assert.InRange(second, first, after + 2);
    }

    [Fact]
    public async Task TheClockCanBeWrittenAndCompared()
    {
        await AddAsync("a", 1);
        await Database.RunAsync(session => session.ExecuteAsync($"UPDATE things SET size = {Dialect.NowMs} + 60000 WHERE size < {Dialect.NowMs}"), Cancel);

        Assert.Equal(0, await CountAsync($"size <= {Dialect.NowMs}"));
        Assert.Equal(1, await CountAsync($"size > {Dialect.NowMs} AND size <= {Dialect.NowMs} + 60000"));
    }

    [Fact]
    public async Task ATextOfJsonBecomesRows()
    {
        const string Json = """
            [{"id":"a","amount":9007199254740993,"share":0.5,"note":"it's a \"quote\" \\ and ü"},
             {"id":"b","amount":-1,"share":null,"note":null},
             {"id":"c"}]
            """;
        var source = Dialect.JsonRows("rows", "r", JsonColumn.Text("id"), JsonColumn.Integer("amount"), JsonColumn.Real("share"), JsonColumn.Text("note"));

        var rows = await Database.ReadAsync(session => session.ListAsync<JsonRow>($"SELECT r.id, r.amount, r.share, r.note FROM {source} ORDER BY r.id", new { rows = Json }), Cancel);

        Assert.Equal(
        [
            new JsonRow { Id = "a", Amount = 9007199254740993, Share = 0.5, Note = "it's a \"quote\" \\ and ü" },
            new JsonRow { Id = "b", Amount = -1 },
            new JsonRow { Id = "c" },
        ], rows);
    }

    [Fact]
    public async Task NoRowsOfJsonAreNoRows()
    {
        var source = Dialect.JsonRows("rows", "r", JsonColumn.Text("id"));

        Assert.Equal(0, await Database.ReadAsync(session => session.ValueAsync<long>($"SELECT count(*) FROM {source}", new { rows = "[]" }), Cancel));
    }

    [Fact]
    public async Task RowsOfJsonCanBeInserted()
    {
        var source = Dialect.JsonRows("rows", "r", JsonColumn.Text("id"), JsonColumn.Integer("size"));

        await Database.RunAsync(
            session => session.ExecuteAsync($"INSERT INTO things (id, name, size) SELECT r.id, r.id, r.size FROM {source}", new { rows = """[{"id":"a","size":1},{"id":"b","size":2}]""" }), Cancel);

        Assert.Equal(3, await Database.ReadAsync(session => session.ValueAsync<long>($"SELECT {Dialect.WholeNumber("sum(size)")} FROM things"), Cancel));
    }

    [Fact]
    public async Task TheRowsThatGoWithOthersAreUpdatedAndCounted()
    {
        await AddAsync("a", 1);
        await AddAsync("b", 2);
        await AddAsync("c", 3);
        var source = Dialect.JsonRows("rows", "r", JsonColumn.Text("thing"), JsonColumn.Integer("expected"));
        var sql = Dialect.UpdateFrom("things", source, "things.id = r.thing AND things.size = r.expected", "number = r.expected + 10, disabled = 1");

        var touched = await Database.RunAsync(
            session => session.ExecuteAsync(sql, new { rows = """[{"thing":"a","expected":1},{"thing":"b","expected":99},{"thing":"c","expected":3}]""" }), Cancel);

        Assert.Equal(2, touched);
        Assert.Equal([11, 0, 13], (await AllAsync()).Select(static thing => thing.Number));
    }

    [Fact]
    public async Task AnUpdateCountsTheRowsThatItFound()
    {
        await AddAsync("a", 1);

        // MySQL would count only rows that changed, and a renewed lease might be thought lost.
        Assert.Equal(1, await Database.RunAsync(static session => session.ExecuteAsync("UPDATE things SET size = 1 WHERE id = 'a'"), Cancel));
    }

    [Fact]
    public async Task ARowThatIsThereIsLeftAloneAndNotCounted()
    {
        await AddAsync("a", 1);
        var source = Dialect.JsonRows("rows", "r", JsonColumn.Text("id"), JsonColumn.Integer("size"));
        var sql = Dialect.InsertIgnore($"things (id, name, size) SELECT r.id, r.id, r.size FROM {source} WHERE TRUE");

        var added = await Database.RunAsync(session => session.ExecuteAsync(sql, new { rows = """[{"id":"a","size":5},{"id":"b","size":6}]""" }), Cancel);

        Assert.Equal(1, added);
        Assert.Equal([1L, 6L], (await AllAsync()).Select(static thing => thing.Size));
    }

    [Fact]
    public async Task ARowThatIsThereIsChangedByWhatWasToBeInserted()
    {
        await AddAsync("a", 1);
        var sql = Dialect.Upsert("things (id, name, size) VALUES (@id, @id, @size)", "id", $"size = things.size + excluded.size, number = {Dialect.Greatest("things.number", "excluded.size")}");

        await Database.RunAsync(session => session.ExecuteAsync(sql, new { id = "a", size = 5 }), Cancel);
        await Database.RunAsync(session => session.ExecuteAsync(sql, new { id = "b", size = 7 }), Cancel);

        Assert.Equal([(6L, 5), (7L, 0)], (await AllAsync()).Select(static thing => (thing.Size, thing.Number)));
    }

    [Fact]
    public async Task TheGreatestAndTheLeastOfSeveral()
    {
        var values = await Database.ReadAsync(
            session => session.ValueAsync<string>(
                $"SELECT CASE WHEN {Dialect.Greatest("1", "3", "2")} = 3 AND {Dialect.Least("2", "1", "3")} = 1 THEN 'right' ELSE 'wrong' END"), Cancel);

        Assert.Equal("right", values);
    }

    [Fact]
    public async Task ALimitMayBeNone()
    {
        await AddAsync("a", 1);
        await AddAsync("b", 2);
        await AddAsync("c", 3);

        await Database.RunAsync(
            static session => session.ExecuteAsync(
                $"DELETE FROM things WHERE id IN (SELECT id FROM (SELECT id FROM things ORDER BY size DESC LIMIT {IControlDialect.NoLimit} OFFSET @keep) AS surplus)", new { keep = 1L }), Cancel);

        Assert.Equal(["c"], (await AllAsync()).Select(static thing => thing.Id));
    }

    [Fact]
    public async Task TextsCompareByTheirBytes()
    {
        await AddAsync("a", 1);
        await AddAsync("A", 2);
        await AddAsync("ä", 3);

        Assert.Equal(1, await CountAsync("id = 'A'"));
        Assert.Equal(["A", "a", "ä"], (await AllAsync()).Select(static thing => thing.Id));
    }

    [Fact]
    public async Task ASecondRowOfOneKeyIsAUniqueViolation()
    {
        await AddAsync("a", 1);

        var exception = await Assert.ThrowsAnyAsync<Exception>(() => AddAsync("a", 2));
        var other = await Assert.ThrowsAnyAsync<Exception>(() => Database.RunAsync(static session => session.ExecuteAsync("INSERT INTO things (id) VALUES (NULL)"), Cancel));

        Assert.True(Dialect.IsUniqueViolation(exception));
        Assert.False(Dialect.IsUniqueViolation(other));
        Assert.False(Dialect.IsTransient(exception));
        Assert.False(Dialect.IsUnavailable(exception));
        Assert.False(Dialect.IsDiskFull(exception));
    }

    [Fact]
    public async Task RowsComeBackFromAChangeWhereTheDialectSaysSo()
    {
        await AddAsync("a", 1);
        var change = Database.RunAsync(static session => session.FindAsync<long>("UPDATE things SET size = size + 1 WHERE id = 'a' RETURNING size"), Cancel);
        if (Dialect.HasReturning)
        {
            Assert.Equal(2, await change);
        }
        else
        {
            await Assert.ThrowsAnyAsync<Exception>(() => change);
        }
    }

    [Fact]
    public async Task RowsCanBeLockedWhereThereAreLocks()
    {
        await AddAsync("a", 1);

        await Database.WriteAsync(
            async session =>
            {
                Assert.Equal(1, await session.FindAsync<long>($"SELECT size FROM things WHERE id = 'a' {Dialect.ForUpdate}"));
                Assert.Equal(1, await session.FindAsync<long>($"SELECT size FROM things WHERE id = 'a' {Dialect.ForUpdateSkipLocked}"));
            },
            Cancel);
    }

    private Task<int> AddAsync(string id, long size) =>
        Database.RunAsync(session => session.ExecuteAsync("INSERT INTO things (id, name, size) VALUES (@id, @id, @size)", new { id, size }), Cancel);

    private Task<IReadOnlyList<Thing>> AllAsync() => Database.ReadAsync(
        static session => session.ListAsync<Thing>("SELECT id, name, note, body, hash, payload, size, number, disabled, rate FROM things ORDER BY id"), Cancel);

    private Task<long> CountAsync(string where, object? parameters = null) =>
        Database.ReadAsync(session => session.ValueAsync<long>($"SELECT count(*) FROM things WHERE {where}", parameters), Cancel);

    private sealed record JsonRow
    {
        public required string Id { get; init; }

        public long? Amount { get; init; }

        public double? Share { get; init; }

        public string? Note { get; init; }
    }

    private sealed record Thing
    {
        public required string Id { get; init; }

        public required string Name { get; init; }

        public string? Note { get; init; }

        public string? Body { get; init; }

        public byte[]? Hash { get; init; }

        public byte[]? Payload { get; init; }

        public long Size { get; init; }

        public int Number { get; init; }

        public bool Disabled { get; init; }

        public double? Rate { get; init; }
    }
}
