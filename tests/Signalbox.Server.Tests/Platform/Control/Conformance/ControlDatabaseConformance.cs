using Signalbox.Server.Platform;
using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Server.Tests.Platform.Control.Conformance;

/// <summary>What the control database promises, whatever holds it.</summary>
public abstract class ControlDatabaseConformance : IAsyncLifetime
{
    private static readonly Migration First = new(1, "first", """
        CREATE TABLE things (
            name {name} NOT NULL PRIMARY KEY,
            size {bigint} NOT NULL DEFAULT 0
        );
        CREATE INDEX things_by_size ON things (size);
        """);

    private static readonly Migration Second = new(2, "second", """
        ALTER TABLE things ADD COLUMN colour {name} NOT NULL DEFAULT 'green';
        CREATE INDEX things_by_colour ON things (colour);
        """);

    private readonly SharedDatabases _databases;
    private readonly ControlEngine _engine;
    private ControlUnderTest? _place;

    private protected ControlDatabaseConformance(SharedDatabases databases, ControlEngine engine)
    {
        _databases = databases;
        _engine = engine;
    }

    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private protected ControlUnderTest Place => _place!;

    public async ValueTask InitializeAsync() => _place = await ControlUnderTest.CreateAsync(_databases, _engine, Cancel);

    public async ValueTask DisposeAsync()
    {
        if (_place is not null)
        {
            await _place.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task AReadSeesEveryWriteAcknowledgedBeforeIt()
    {
        var database = Place.Open(First);
        for (var index = 0; index < 50; index++)
        {
            await database.WriteAsync(session => InsertAsync(session, $"thing {index}"), Cancel);

            Assert.Equal(index + 1, await CountAsync(database));
        }
    }

    [Fact]
    public async Task ManyAtTheSameTimeAllSucceed()
    {
        var database = Place.Open(First);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(index => index % 2 == 0
            ? database.WriteAsync(session => InsertAsync(session, $"thing {index}"), Cancel)
            : database.RunAsync(session => InsertAsync(session, $"thing {index}"), Cancel)));

        Assert.Equal(100, await CountAsync(database));
    }

    [Fact]
    public async Task WorkThatFailsIsUndoneAloneAndItsNeighboursStay()
    {
        var database = Place.Open(First);
        var writes = Enumerable.Range(0, 30).Select(index => database.WriteAsync(
            async session =>
            {
                await InsertAsync(session, $"thing {index}");
                if (index % 3 == 0)
                {
                    // Its own second statement breaks the unique constraint, so its first must vanish too.
                    await InsertAsync(session, $"thing {index}");
                }
            },
            Cancel)).ToList();

        foreach (var (write, index) in writes.Select(static (write, index) => (write, index)))
        {
            if (index % 3 == 0)
            {
                Assert.True(database.Dialect.IsUniqueViolation(await Assert.ThrowsAnyAsync<Exception>(() => write)));
            }
            else
            {
                await write;
            }
        }

        Assert.Equal(20, await CountAsync(database));
    }

    [Fact]
    public async Task WorkThatHidesAFailedStatementFailsAsAWhole()
    {
        var database = Place.Open(First);

        await Assert.ThrowsAsync<InvalidOperationException>(() => database.WriteAsync(
            async session =>
            {
                await InsertAsync(session, "thing");
                await Assert.ThrowsAnyAsync<Exception>(() => InsertAsync(session, "thing"));
            },
            Cancel));

        Assert.Equal(0, await CountAsync(database));
    }

    [Fact]
    public async Task WhatHangsOnTheCommitHappensOnlyAfterOne()
    {
        var database = Place.Open(First);
        var committed = new List<string>();

        await database.WriteAsync(
            async session =>
            {
                session.OnCommitted(() => committed.Add("kept"));
                await InsertAsync(session, "kept");
                Assert.Empty(committed);
            },
            Cancel);
        await Assert.ThrowsAsync<TimeZoneNotFoundException>(() => database.WriteAsync(
            session =>
            {
                session.OnCommitted(() => committed.Add("undone"));
                throw new TimeZoneNotFoundException("This work fails.");
            },
            Cancel));
        await database.RunAsync(
            session =>
            {
                session.OnCommitted(() => committed.Add("single"));
                return InsertAsync(session, "single");
            },
            Cancel);

        Assert.Equal(["kept", "single"], committed);
    }

    [Fact]
    public async Task AReaderCannotWrite()
    {
        var database = Place.Open(First);

        await Assert.ThrowsAnyAsync<Exception>(() => database.ReadAsync(
            async session =>
            {
                await InsertAsync(session, "sneaked in");
                return true;
            },
            Cancel));

        Assert.Equal(0, await CountAsync(database));
    }

    [Fact]
    public async Task AReadSeesOneStateFromItsFirstLookToItsLast()
    {
        var database = Place.Open(First);

        var (before, after) = await database.ReadAsync(
            async session =>
            {
                var before = await session.ValueAsync<long>("SELECT count(*) FROM things");
                await database.WriteAsync(other => InsertAsync(other, "meanwhile"), Cancel);
                return (before, await session.ValueAsync<long>("SELECT count(*) FROM things"));
            },
            Cancel);

        Assert.Equal((0, 0), (before, after));
        Assert.Equal(1, await CountAsync(database));
    }

    [Fact]
    public async Task WorkThatWasCancelledBeforeItBeganNeverRuns()
    {
        var database = Place.Open(First);
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => database.WriteAsync(session => InsertAsync(session, "cancelled"), source.Token));

        Assert.Equal(0, await CountAsync(database));
    }

    [Fact]
    public async Task MigrationsRunOnceAndInOrder()
    {
        await using (var database = Place.Open(First))
        {
            await database.WriteAsync(session => InsertAsync(session, "kept"), Cancel);
        }

        var again = Place.Open(First, Second);

        Assert.Equal("green", await again.ReadAsync(static session => session.FindAsync<string>("SELECT colour FROM things"), Cancel));
    }

    [Fact]
    public async Task ADatabaseThatIsNewerThanTheProgramIsRefused()
    {
        await using (Place.Open(First, Second))
        {
            // Only its schema matters.
        }

        var exception = Assert.Throws<StartupException>(() => Place.Open(First));

        Assert.Contains("newer Signalbox", exception.Message, StringComparison.Ordinal);
        Assert.Contains("second", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AStepThatFailsIsTriedAgainByTheNextStart()
    {
        var broken = Second with { Sql = Second.Sql + "\nNONSENSE;" };
        Assert.Contains("cannot be used", Assert.Throws<StartupException>(() => Place.Open(First, broken)).Message, StringComparison.Ordinal);

        var database = Place.Open(First, Second);

        await database.WriteAsync(session => InsertAsync(session, "thing"), Cancel);
        Assert.Equal("green", await database.ReadAsync(static session => session.FindAsync<string>("SELECT colour FROM things"), Cancel));
    }

    [Fact]
    public void StepsOfASliceAreNumberedWithoutGaps() => Assert.Throws<InvalidOperationException>(() => Place.Open(First, Second with { Number = 3 }));

    private protected static Task<int> InsertAsync(ControlSession session, string name) => session.ExecuteAsync("INSERT INTO things (name) VALUES (@name)", new { name });

    private protected static Task<long> CountAsync(ControlDatabase database) => database.ReadAsync(static session => session.ValueAsync<long>("SELECT count(*) FROM things"), Cancel);
}
