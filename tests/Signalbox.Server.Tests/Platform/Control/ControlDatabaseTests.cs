using System.Diagnostics.Metrics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Signalbox.Server.Platform;
using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Server.Tests.Platform.Control;

public sealed class ControlDatabaseTests : IDisposable
{
    private static readonly Migration First = new(1, "first", "CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)");

    private readonly TemporaryFolder _folder = new();
    private readonly DataFolder _data;
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public ControlDatabaseTests() => _data = DataFolder.Open(_folder.File("data"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AReadSeesEveryWriteAcknowledgedBeforeIt()
    {
        await using var database = Open(First);
        for (var index = 0; index < 50; index++)
        {
            await database.WriteAsync(session => InsertAsync(session, $"thing {index}"), Cancel);

            Assert.Equal(index + 1, await CountAsync(database));
        }
    }

    [Fact]
    public async Task ManyWritesShareCommits()
    {
        await using var database = Open(First);
        var started = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        var blocking = database.WriteAsync(
            async session =>
            {
                started.SetResult();
                await go.Task;
                await InsertAsync(session, "blocking");
            },
            Cancel);
        await started.Task;
        var rest = Enumerable.Range(0, 200).Select(index => database.WriteAsync(session => InsertAsync(session, $"thing {index}"), Cancel)).ToList();
        using var commits = new CommitCount(_services.GetRequiredService<IMeterFactory>());

        go.SetResult();
        await blocking;
        await Task.WhenAll(rest);

        Assert.Equal(201, await CountAsync(database));
        Assert.InRange(commits.Value, 1, 3);
    }

    [Fact]
    public async Task WorkThatFailsIsUndoneAloneAndItsNeighboursStay()
    {
        await using var database = Open(First);
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
                var exception = await Assert.ThrowsAsync<SqliteException>(() => write);
                Assert.True(SqliteDialect.Instance.IsUniqueViolation(exception));
            }
            else
            {
                await write;
            }
        }

        Assert.Equal(20, await CountAsync(database));
    }

    [Fact]
    public async Task WhatHangsOnTheCommitHappensOnlyAfterOne()
    {
        await using var database = Open(First);
        var committed = new List<string>();

        await database.WriteAsync(
            async session =>
            {
                session.OnCommitted(() => committed.Add("kept"));
                await InsertAsync(session, "kept");
                Assert.Empty(committed);
            },
            Cancel);
        await Assert.ThrowsAsync<InvalidOperationException>(() => database.WriteAsync(
            session =>
            {
                session.OnCommitted(() => committed.Add("undone"));
                throw new InvalidOperationException("This work fails.");
            },
            Cancel));

        Assert.Equal(["kept"], committed);
    }

    [Fact]
    public async Task WorkThatWasCancelledInTheQueueNeverRuns()
    {
        await using var database = Open(First);
        var go = new TaskCompletionSource();
        using var source = new CancellationTokenSource();
        var blocking = database.WriteAsync(_ => go.Task, Cancel);
        var cancelled = database.WriteAsync(session => InsertAsync(session, "cancelled"), source.Token);

        await source.CancelAsync();
        go.SetResult();
        await blocking;

        await Assert.ThrowsAsync<TaskCanceledException>(() => cancelled);
        Assert.Equal(0, await CountAsync(database));
    }

    [Fact]
    public async Task MoreWritesThanTheQueueHoldsAreRefused()
    {
        await using var database = Open(new ControlOptions(QueueLength: 2, GroupSize: 10, Readers: 1), First);
        var started = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        var blocking = database.WriteAsync(
            _ =>
            {
                started.SetResult();
                return go.Task;
            },
            Cancel);
        await started.Task;
        var first = database.WriteAsync(session => InsertAsync(session, "first"), Cancel);
        var second = database.WriteAsync(session => InsertAsync(session, "second"), Cancel);

        await Assert.ThrowsAsync<ControlBusyException>(() => database.WriteAsync(session => InsertAsync(session, "third"), Cancel));

        go.SetResult();
        await Task.WhenAll(blocking, first, second);
        Assert.Equal(2, await CountAsync(database));
    }

    [Fact]
    public async Task AReaderCannotWrite()
    {
        await using var database = Open(First);

        await Assert.ThrowsAsync<SqliteException>(() => database.ReadAsync(
            async session =>
            {
                await InsertAsync(session, "sneaked in");
                return true;
            },
            Cancel));

        Assert.Equal(0, await CountAsync(database));
    }

    [Fact]
    public async Task MigrationsRunOnceAndInOrder()
    {
        await using (var database = Open(First))
        {
            await database.WriteAsync(session => InsertAsync(session, "kept"), Cancel);
        }

        var second = new Migration(2, "second", "ALTER TABLE things ADD COLUMN colour TEXT NOT NULL DEFAULT 'green'; CREATE INDEX things_by_colour ON things (colour)");
        await using var again = Open(First, second);

        Assert.Equal("green", await again.ReadAsync(static session => session.FindAsync<string>("SELECT colour FROM things"), Cancel));
    }

    [Fact]
    public async Task AMigrationThatFailsLeavesNothingBehind()
    {
        Assert.Contains("cannot be used", Assert.Throws<StartupException>(() => Open(First, new Migration(2, "broken", "CREATE TABLE more (id INTEGER); NONSENSE"))).Message, StringComparison.Ordinal);

        await using var database = Open(First);
        Assert.Equal(0, await database.ReadAsync(static session => session.ValueAsync<long>("SELECT count(*) FROM sqlite_schema WHERE name = 'more'"), Cancel));
    }

    [Fact]
    public async Task ADatabaseThatIsNewerThanTheProgramIsRefused()
    {
        await using (Open(First, new Migration(2, "from the future", "CREATE TABLE more (id INTEGER)")))
        {
            // Only its schema matters.
        }

        var exception = Assert.Throws<StartupException>(() => Open(First));

        Assert.Contains("newer Signalbox", exception.Message, StringComparison.Ordinal);
        Assert.Contains("from the future", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileThatIsNoDatabaseIsRefusedWithASentence()
    {
        File.WriteAllText(_data.File(ControlDatabase.FileName), new string('x', 5000));

        var exception = Assert.Throws<StartupException>(() => Open(First));

        Assert.Contains("control.db cannot be used", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void StepsOfASliceAreNumberedWithoutGaps() => Assert.Throws<InvalidOperationException>(() => Open(First, new Migration(3, "third", "SELECT 1")));

    [Fact]
    public async Task ACommitIsFlushedToTheDisk()
    {
        await using var database = Open(First);

        var settings = await database.WriteAsync(
            static async session => (Journal: await session.ValueAsync<string>("PRAGMA journal_mode"), Synchronous: await session.ValueAsync<long>("PRAGMA synchronous")), Cancel);

        Assert.Equal("wal", settings.Journal);
        Assert.Equal(2, settings.Synchronous);
    }

    public void Dispose()
    {
        _data.Dispose();
        _services.Dispose();
        _folder.Dispose();
    }

    private ControlDatabase Open(params Migration[] migrations) => Open(new ControlOptions(QueueLength: 1000, GroupSize: 500, Readers: 2), migrations);

    private ControlDatabase Open(ControlOptions options, params Migration[] migrations) => ControlDatabase.Open(
        _data, [new Things(migrations)], options, new ControlMetrics(_services.GetRequiredService<IMeterFactory>()), TimeProvider.System);

    private static Task<int> InsertAsync(ControlSession session, string name) => session.ExecuteAsync("INSERT INTO things (name) VALUES (@name)", new { name });

    private static Task<long> CountAsync(ControlDatabase database) => database.ReadAsync(static session => session.ValueAsync<long>("SELECT count(*) FROM things"), Cancel);

    private sealed record Things(IReadOnlyList<Migration> Migrations) : IMigrationSource
    {
        public string Slice => "things";
    }

    /// <summary>Counts the commits of every control database of one meter factory.</summary>
    private sealed class CommitCount : IDisposable
    {
        private readonly MeterListener _listener = new();
        private int _value;

        public CommitCount(IMeterFactory meters)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "signalbox.control.commit.duration" && instrument.Meter.Scope == meters)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<double>((_, _, _, _) => Interlocked.Increment(ref _value));
            _listener.Start();
        }

        public int Value => Volatile.Read(ref _value);

        public void Dispose() => _listener.Dispose();
    }
}
