using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Server.Tests.Platform.Control;

public sealed class ControlWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().AddSingleton<ControlMetrics>().BuildServiceProvider();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WritersGoOnAfterARollbackThatFails()
    {
        var opened = 0;
        await using var writer = Writer(() =>
        {
            opened++;
            return SqliteConnections.OpenWriter(_folder.File("control.db"), TimeProvider.System);
        });

        var exception = await Assert.ThrowsAsync<SqliteException>(() => writer.RunAsync(InsertAsync, Cancel));
        Assert.Equal("The commit fails.", exception.Message);

        Assert.Equal(1, await writer.RunAsync(InsertAsync, Cancel));
        Assert.Equal(1, await writer.RunAsync(static session => session.ValueAsync<long>("SELECT count(*) FROM things"), Cancel));
        Assert.Equal(1, opened);
    }

    [Fact]
    public async Task WhileNoConnectionCanBeOpenedEachCallerHearsOfIt()
    {
        var fails = 2;
        await using var writer = Writer(() =>
            fails-- > 0 ? throw new SqliteException("unable to open database file", 14) : SqliteConnections.OpenWriter(_folder.File("control.db"), TimeProvider.System));
        await Assert.ThrowsAsync<SqliteException>(() => writer.RunAsync(InsertAsync, Cancel));

        Assert.Equal(14, (await Assert.ThrowsAsync<SqliteException>(() => writer.RunAsync(InsertAsync, Cancel))).SqliteErrorCode);
        Assert.Equal(14, (await Assert.ThrowsAsync<SqliteException>(() => writer.RunAsync(InsertAsync, Cancel))).SqliteErrorCode);
        Assert.Equal(1, await writer.RunAsync(InsertAsync, Cancel));
    }

    public void Dispose()
    {
        _services.Dispose();
        _folder.Dispose();
    }

    private static Task<int> InsertAsync(ControlSession session) => session.ExecuteAsync("INSERT INTO things (name) VALUES ('thing')");

    /// <summary>A writer whose first connection can neither commit nor roll back.</summary>
    private ControlWriter Writer(Func<SqliteConnection> open)
    {
        var file = _folder.File("control.db");
        using (var first = SqliteConnections.OpenWriter(file, TimeProvider.System))
        {
            SqliteConnections.Execute(first, "CREATE TABLE things (name TEXT NOT NULL)");
        }

        var broken = new BrokenConnection($"Data Source={file};Pooling=False");
        broken.Open();
        return new ControlWriter(broken, open, new ControlOptions(QueueLength: 10, GroupSize: 10, Readers: 1), _services.GetRequiredService<ControlMetrics>(), TimeProvider.System);
    }

    private sealed class BrokenConnection(string connectionString) : SqliteConnection(connectionString)
    {
        public override SqliteCommand CreateCommand() => new BrokenCommand { Connection = this };
    }

    private sealed class BrokenCommand : SqliteCommand
    {
        public override int ExecuteNonQuery() => CommandText switch
        {
            "COMMIT" => throw new SqliteException("The commit fails.", 10),
            "ROLLBACK" => throw new SqliteException("The rollback fails.", 10),
            _ => base.ExecuteNonQuery(),
        };
    }
}
