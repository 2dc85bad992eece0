using Signalbox.Audit.Tests.Storage;
using Signalbox.Server.Audit.Search;
using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Audit.Tests.Search;

/// <summary>The search over the audit log finds what a plain filter would find, on every engine.</summary>
public abstract class EventSearchConformance(SharedDatabases databases)
{
    private const string Tenant = "acme";

    private static readonly EraShape Small = new(RecordBits: 6, PartBits: 2);

    private protected abstract ControlEngine Engine { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 6, 2)]
    [InlineData(2, 6, 0)]
    [InlineData(3, 9, 3)]
    public async Task FindsWhatAPlainFilterFinds(int seed, int recordBits, int partBits)
    {
        await using var place = await AuditStoreUnderTest.CreateAsync(databases, Engine, Cancellation);
        var store = place.Open();
        var shape = new EraShape(recordBits, partBits);
        var random = new Random(seed);
        var instances = Enumerable.Range(0, 2).Select(_ => new SearchInstance(place, store, shape, new SearchOptions())).ToArray();
        var (all, first, time) = (new List<RandomRecord>(), 0L, 1_700_000_000_000L);
        for (var round = 0; round < 40; round++)
        {
            // Mostly forwards, now and then a clock that was put back.
            var batch = Enumerable.Range(0, random.Next(1, shape.Records)).Select(_ => RandomRecord.Make(random, time += random.Next(-2, 40))).ToArray();
            var writer = instances[random.Next(2)];
            if (random.Next(5) == 0)
            {
                await Assert.ThrowsAsync<InvalidOperationException>(() => writer.AppendAsync(Tenant, batch, fail: true, Cancellation));
            }
            else
            {
                all.AddRange(await writer.AppendAsync(Tenant, batch, fail: false, Cancellation));
            }

            if (random.Next(8) == 0)
            {
                instances[0].Dispose();
                instances[0] = new SearchInstance(place, store, shape, new SearchOptions());
            }

            if (random.Next(10) == 0 && all.Count > 0)
            {
                first = Math.Max(first, random.NextInt64(all.Count));
                await writer.PruneAsync(Tenant, first, Cancellation);
            }

            foreach (var instance in instances)
            {
                await CheckAsync(instance, random, all, first);
            }
        }

        Assert.All(instances, static instance => instance.Dispose());
    }

    [Fact]
    public async Task FindsNothingOfAnotherTenant()
    {
        await using var place = await AuditStoreUnderTest.CreateAsync(databases, Engine, Cancellation);
        using var instance = new SearchInstance(place, place.Open(), Small, new SearchOptions());
        var record = RandomRecord.Make(new Random(1), 5);
        await instance.AppendAsync(Tenant, [record], fail: false, Cancellation);
        await instance.AppendAsync("other", [record], fail: false, Cancellation);
        await instance.AppendAsync("other", [record], fail: false, Cancellation);

        Assert.Equal([0], await instance.AllAsync(Tenant, new EventQuery { Actors = [record.ActorId] }, limit: 10, Cancellation));
        Assert.Equal([1, 0], await instance.AllAsync("other", new EventQuery(), limit: 10, Cancellation));
        Assert.Empty(await instance.AllAsync("nobody", new EventQuery(), limit: 10, Cancellation));
        Assert.Equal(record.Id, RecordId((await instance.Search.FindAsync("other", record.Id, Cancellation))!));
        Assert.Null(await instance.Search.FindAsync(Tenant, "0198c1d2-0000-7000-8000-000000000001", Cancellation));
    }

    [Fact]
    public async Task GoesOnWithoutADamagedIndexAndMendsIt()
    {
        await using var place = await AuditStoreUnderTest.CreateAsync(databases, Engine, Cancellation);
        var store = place.Open();
        using var instance = new SearchInstance(place, store, Small, new SearchOptions());
        var random = new Random(4);
        var time = 1_700_000_000_000L;
        var all = await instance.AppendAsync(Tenant, [.. Enumerable.Range(0, 500).Select(_ => RandomRecord.Make(random, time += 10))], fail: false, Cancellation);
        var before = await RowsAsync(store);
        await store.Audit.WriteAsync(
            static async session =>
            {
                for (var part = 0; part < Small.Parts; part++)
                {
                    await session.ExecuteAsync("UPDATE audit_index SET postings = @postings WHERE position = @position", new { postings = new byte[40], position = EraShape.Position(1, part, 1) });
                    await session.ExecuteAsync("DELETE FROM audit_index WHERE position = @position", new { position = EraShape.Position(1, part, 3) });
                }

                await session.ExecuteAsync("DELETE FROM audit_eras WHERE era = 4");
                await session.ExecuteAsync("UPDATE audit_eras SET tile_times = @none WHERE era = 5", new { none = Array.Empty<byte>() });
            },
            Cancellation);

        for (var round = 0; round < 30; round++)
        {
            await CheckAsync(instance, random, all, first: 0);
        }

        await CheckAsync(instance, all, first: 0, limit: 1000, new EventQuery { From = DateTimeOffset.FromUnixTimeMilliseconds(all[10].TimeMs), Outcomes = ["denied"] });
        await CheckAsync(instance, all, first: 0, limit: 1000, new EventQuery { From = DateTimeOffset.FromUnixTimeMilliseconds(all[5 * 64].TimeMs + 1), Outcomes = ["denied"] });
        await instance.Repairs.RunOnceAsync(Cancellation);
        Assert.Equal(before, await RowsAsync(store));
    }

    [Fact]
    public async Task GoesOnWithoutAnyIndexAndMakesItAgain()
    {
        await using var place = await AuditStoreUnderTest.CreateAsync(databases, Engine, Cancellation);
        var store = place.Open();
        using var instance = new SearchInstance(place, store, Small, new SearchOptions());
        var random = new Random(14);
        var time = 1_700_000_000_000L;
        var all = await instance.AppendAsync(Tenant, [.. Enumerable.Range(0, 1200).Select(_ => RandomRecord.Make(random, time += 10))], fail: false, Cancellation);
        var before = await RowsAsync(store);
        await store.Audit.WriteAsync(static session => session.ExecuteAsync("DELETE FROM audit_index"), Cancellation);
        await store.Audit.WriteAsync(static session => session.ExecuteAsync("DELETE FROM audit_eras"), Cancellation);
        var query = new EventQuery { Outcomes = ["denied"], Actors = [all[3].ActorId] };

        var page = await instance.Search.RunAsync(Tenant, query, limit: 1000, after: null, Cancellation);
        Assert.NotNull(page.Next);
        await CheckAsync(instance, all, first: 0, limit: 1000, query);
        await CheckAsync(instance, all, first: 0, limit: 1000, query with { OldestFirst = true, To = DateTimeOffset.FromUnixTimeMilliseconds(time - 500) });
        await instance.Repairs.RunOnceAsync(Cancellation);
        Assert.Equal(before, await RowsAsync(store));
    }

    [Fact]
    public async Task KeepsNothingOfErasThatAreGone()
    {
        await using var place = await AuditStoreUnderTest.CreateAsync(databases, Engine, Cancellation);
        var store = place.Open();
        using var instance = new SearchInstance(place, store, Small, new SearchOptions());
        var random = new Random(9);
        foreach (var tenant in new[] { Tenant, "other" })
        {
            await instance.AppendAsync(tenant, [.. Enumerable.Range(0, 400).Select(_ => RandomRecord.Make(random, 1))], fail: false, Cancellation);
        }

        await instance.PruneAsync(Tenant, (3 * 64) + 5, Cancellation);

        var kept = await store.Audit.ReadAsync(static session => session.ListAsync<long>("SELECT position FROM audit_index ORDER BY position"), Cancellation);
        var eras = await store.Audit.ReadAsync(static session => session.ListAsync<long>("SELECT era FROM audit_eras ORDER BY log, era"), Cancellation);
        Assert.Equal([3, 4, 5, 0, 1, 2, 3, 4, 5], eras);
        Assert.Equal(
            Enumerable.Range(0, Small.Parts).SelectMany(static part => new[] { 3, 4, 5 }.Select(era => EraShape.Position(1, part, era)))
                .Concat(Enumerable.Range(0, Small.Parts).SelectMany(static part => Enumerable.Range(0, 6).Select(era => EraShape.Position(2, part, era)))),
            kept);
    }

    [Fact]
    public async Task GivesACursorInsteadOfWorkingForLong()
    {
        await using var place = await AuditStoreUnderTest.CreateAsync(databases, Engine, Cancellation);
        using var instance = new SearchInstance(place, place.Open(), Small, new SearchOptions { MostEras = 3 });
        var random = new Random(5);
        var needle = RandomRecord.Make(random, 1);
        await instance.AppendAsync(Tenant, [needle, .. Enumerable.Range(0, 2000).Select(_ => RandomRecord.Make(random, 2))], fail: false, Cancellation);
        var query = new EventQuery { Ids = [needle.Id] };

        var page = await instance.Search.RunAsync(Tenant, query, limit: 10, after: null, Cancellation);
        Assert.Empty(page.Items);
        Assert.NotNull(page.Next);
        Assert.Equal([0], await instance.AllAsync(Tenant, query, limit: 10, Cancellation));
        Assert.Equal([0], await instance.AllAsync(Tenant, query with { OldestFirst = true }, limit: 10, Cancellation));
        Assert.Equal(needle.Id, RecordId((await instance.Search.FindAsync(Tenant, needle.Id, Cancellation))!));
    }

    [Fact]
    public async Task KeepsItsMemoryBoundAndStillFindsEverything()
    {
        await using var place = await AuditStoreUnderTest.CreateAsync(databases, Engine, Cancellation);
        using var instance = new SearchInstance(place, place.Open(), Small, new SearchOptions { MemoryBytes = 20_000 });
        var random = new Random(6);
        var written = new Dictionary<string, List<RandomRecord>>(StringComparer.Ordinal);
        for (var round = 0; round < 60; round++)
        {
            var tenant = $"t{random.Next(8)}";
            var batch = Enumerable.Range(0, random.Next(1, 60)).Select(_ => RandomRecord.Make(random, round)).ToArray();
            (written.TryGetValue(tenant, out var all) ? all : written[tenant] = []).AddRange(await instance.AppendAsync(tenant, batch, fail: false, Cancellation));

            Assert.InRange(instance.MemoryBytes, 0, 60_000);
        }

        foreach (var (tenant, all) in written)
        {
            var query = new EventQuery { Outcomes = ["failed"] };
            Assert.Equal(all.Where(record => record.Matches(query)).Select(static record => record.Sequence).Reverse(), await instance.AllAsync(tenant, query, limit: 7, Cancellation));
        }

        Assert.False(Enumerable.Range(1, 8).All(instance.HasInMemory));
    }

    [Fact]
    public async Task SeesWhatWasAcknowledgedBeforeItBegan()
    {
        await using var place = await AuditStoreUnderTest.CreateAsync(databases, Engine, Cancellation);
        var first = place.Open();
        var second = Engine == ControlEngine.Sqlite ? first : place.Open();
        using var writer = new SearchInstance(place, first, Small, new SearchOptions());
        using var other = new SearchInstance(place, second, Small, new SearchOptions());
        var random = new Random(8);
        var acknowledged = -1L;
        var writing = Task.Run(
            async () =>
            {
                for (var round = 0; round < 120; round++)
                {
                    var batch = Enumerable.Range(0, random.Next(1, 20)).Select(_ => RandomRecord.Make(random, round) with { ActorId = "the-one" }).ToArray();
                    var written = await (round % 3 == 0 ? other : writer).AppendAsync(Tenant, batch, fail: false, Cancellation);
                    Interlocked.Exchange(ref acknowledged, written[^1].Sequence);
                }
            },
            Cancellation);
        var query = new EventQuery { Actors = ["the-one"] };
        while (!writing.IsCompleted)
        {
            foreach (var instance in new[] { writer, other })
            {
                var least = Interlocked.Read(ref acknowledged);
                var page = await instance.Search.RunAsync(Tenant, query, limit: 100, after: null, Cancellation);
                Assert.True(least < 0 || page.Items[0].Sequence >= least);
                Assert.Equal(page.Items.Select((_, index) => page.Items[0].Sequence - index), page.Items.Select(static stored => stored.Sequence));
            }
        }

        await writing;
    }

    private static async Task CheckAsync(SearchInstance instance, Random random, IReadOnlyList<RandomRecord> all, long first)
    {
        for (var queries = 0; queries < 3; queries++)
        {
            await CheckAsync(instance, all, first, random.Next(1, 60), RandomRecord.Query(random, all));
        }
    }

    private static async Task CheckAsync(SearchInstance instance, IReadOnlyList<RandomRecord> all, long first, int limit, EventQuery query)
    {
        var expected = all.Where(record => record.Sequence >= first && record.Matches(query)).Select(static record => record.Sequence);
        Assert.Equal(query.OldestFirst ? expected : expected.Reverse(), await instance.AllAsync(Tenant, query, limit, Cancellation));
    }

    private static Task<string> RowsAsync(OpenedStore store) => store.Audit.ReadAsync(
        static async session => string.Join(
            '\n',
            (await session.ListAsync<IndexRow>("SELECT position, postings FROM audit_index ORDER BY position"))
                .Concat(await session.ListAsync<IndexRow>("SELECT first_ms + last_ms AS position, tile_times AS postings FROM audit_eras ORDER BY era"))
                .Select(static row => $"{row.Position} {Convert.ToHexString(row.Postings)}")),
        Cancellation);

    private static string RecordId(StoredEvent stored) => System.Text.Json.Nodes.JsonNode.Parse(stored.Body)!["id"]!.GetValue<string>();

    private sealed record IndexRow
    {
        public required long Position { get; init; }

        public required byte[] Postings { get; init; }
    }
}
