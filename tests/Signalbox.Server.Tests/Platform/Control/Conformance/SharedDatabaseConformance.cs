using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Server.Tests.Platform.Control.Conformance;

/// <summary>What a control database promises besides when several instances share it.</summary>
public abstract class SharedDatabaseConformance : ControlDatabaseConformance
{
    /// <summary>A limit that is waited for, and that what is done within it keeps to on a slow machine, too.</summary>
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(3);

    private static readonly Migration Table = new(1, "table", """
        CREATE TABLE things (
            name {name} NOT NULL PRIMARY KEY,
            size {bigint} NOT NULL DEFAULT 0
        );
        INSERT INTO things (name) VALUES ('left');
        INSERT INTO things (name) VALUES ('right');
        """);

    private protected SharedDatabaseConformance(SharedDatabases databases, ControlEngine engine)
        : base(databases, engine)
    {
    }

    [Fact]
    public async Task ManyInstancesThatStartTogetherMakeTheSchemaOnce()
    {
        var databases = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Place.Open(Table))));

        foreach (var database in databases)
        {
            Assert.Equal(2, await CountAsync(database));
            Assert.True(database.IsShared);
        }
    }

    [Fact]
    public async Task WhatOneInstanceWroteTheOthersRead()
    {
        var one = Place.Open(Table);
        var other = Place.Open(Table);

        await one.WriteAsync(session => InsertAsync(session, "new"), Cancel);

        Assert.Equal(3, await CountAsync(other));
    }

    [Fact]
    public async Task RepeatableWorkIsRunAgainAfterADeadlock()
    {
        var database = Place.Open(Table);

        await DeadlockAsync(database, repeatable: true);

        Assert.Equal([2L, 2L], await database.ReadAsync(static session => session.ListAsync<long>("SELECT size FROM things ORDER BY name"), Cancel));
    }

    [Fact]
    public async Task OtherWorkHearsOfTheDeadlock()
    {
        var database = Place.Open(Table);

        var exception = await Assert.ThrowsAnyAsync<Exception>(() => DeadlockAsync(database, repeatable: false));

        Assert.True(database.Dialect.IsTransient(exception));
        Assert.Equal([1L, 1L], await database.ReadAsync(static session => session.ListAsync<long>("SELECT size FROM things ORDER BY name"), Cancel));
    }

    [Fact]
    public async Task AnInstanceThatFallsAsleepInATransactionLosesItsLocks()
    {
        var options = Place.Options with { LockLimit = Short };
        var sleeper = Place.Open(options, Table);
        var other = Place.Open(Table);
        var locked = new TaskCompletionSource();
        var awake = new TaskCompletionSource();
        var asleep = sleeper.WriteAsync(
            async session =>
            {
                await GrowAsync(session, "left");
                locked.SetResult();
                await awake.Task;
                await GrowAsync(session, "right");
            },
            Cancel);
        await locked.Task;

        // The second instance waits for the lock, which the database takes from the first; it may have to try more than once.
        await Eventually.HoldsAsync(
            "the lock of the sleeper was free",
            async () =>
            {
                try
                {
                    return await other.WriteAsync(static session => GrowAsync(session, "left"), Cancel) == 1;
                }
                catch (Exception exception) when (other.Dialect.IsTransient(exception))
                {
                    return false;
                }
            },
            Cancel);
        awake.SetResult();

        await Assert.ThrowsAsync<ControlUnavailableException>(() => asleep);
        Assert.Equal([1L, 0L], await other.ReadAsync(static session => session.ListAsync<long>("SELECT size FROM things ORDER BY name"), Cancel));
        Assert.Equal(1, await sleeper.WriteAsync(static session => GrowAsync(session, "right"), Cancel));
    }

    [Fact]
    public async Task ALockThatIsNotHadInTimeIsTransient()
    {
        var database = Place.Open(Place.Options with { LockLimit = Short }, Table);
        var holder = Place.Open(Table);
        var exception = await holder.WriteAsync(
            async session =>
            {
                await GrowAsync(session, "left");
                return await Assert.ThrowsAnyAsync<Exception>(() => database.WriteAsync(static other => GrowAsync(other, "left"), Cancel));
            },
            Cancel);

        Assert.True(database.Dialect.IsTransient(exception));
    }

    [Fact]
    public async Task AStatementThatTakesTooLongIsStopped()
    {
        var database = Place.Open(Place.Options with { StatementLimit = Short }, Table);
        var sleep = database.Dialect.Engine == ControlEngine.PostgreSql ? "SELECT pg_sleep(30)" : "SELECT sleep(30) FROM things";

        await Assert.ThrowsAsync<ControlUnavailableException>(() => database.RunAsync(session => session.ListAsync<object>(sleep), Cancel));

        Assert.Equal(2, await CountAsync(database));
    }

    [Fact]
    public async Task MoreWorkThanThereAreConnectionsIsRefusedAfterAWait()
    {
        var database = Place.Open(Place.Options with { Connections = 2, ConnectionWait = TimeSpan.FromMilliseconds(200) }, Table);
        var go = new TaskCompletionSource();
        var busy = Enumerable.Range(0, 2).Select(_ => Hold(database, go.Task)).ToList();
        await Task.WhenAll(busy.Select(static pair => pair.Started));

        await Assert.ThrowsAsync<ControlBusyException>(() => CountAsync(database));

        go.SetResult();
        await Task.WhenAll(busy.Select(static pair => pair.Done));
        Assert.Equal(2, await CountAsync(database));
    }

    [Fact]
    public async Task ASessionKnowsTheLimitsAndTheIsolation()
    {
        var database = Place.Open(Table);

        var isolation = await database.WriteAsync(
            session => session.ValueAsync<string>(session.Dialect.Engine == ControlEngine.PostgreSql ? "SHOW transaction_isolation" : "SELECT @@tx_isolation"), Cancel);

        Assert.Equal("readcommitted", isolation.Replace("-", string.Empty, StringComparison.Ordinal).Replace(" ", string.Empty, StringComparison.Ordinal), ignoreCase: true);
    }

    private static Task<int> GrowAsync(ControlSession session, string name) => session.ExecuteAsync("UPDATE things SET size = size + 1 WHERE name = @name", new { name });

    /// <summary>Two transactions that each take one row and then want the other's.</summary>
    private static async Task DeadlockAsync(ControlDatabase database, bool repeatable)
    {
        var hasLeft = new TaskCompletionSource();
        var hasRight = new TaskCompletionSource();
        Task<bool> Cross(string first, TaskCompletionSource mine, string second, TaskCompletionSource theirs) => database.WriteAsync(
            async session =>
            {
                await GrowAsync(session, first);
                mine.TrySetResult();
                await theirs.Task;
                await GrowAsync(session, second);
                return true;
            },
            repeatable,
            Cancel);

        await Task.WhenAll(Cross("left", hasLeft, "right", hasRight), Cross("right", hasRight, "left", hasLeft));
    }

    private static (Task Started, Task Done) Hold(ControlDatabase database, Task until)
    {
        var started = new TaskCompletionSource();
        var done = database.ReadAsync(
            async session =>
            {
                started.SetResult();
                await until;
                return await session.ValueAsync<long>("SELECT 1");
            },
            Cancel);
        return (started.Task, done);
    }
}
