using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;
using Serilog;
using Serilog.Formatting.Json;
using Signalbox.Sdk.Redaction;
using Signalbox.Server.Audit.Records;
using Signalbox.Server.Platform.Redaction;
using Signalbox.Testing.Files;
using Signalbox.Testing.Services;

namespace Signalbox.Audit.Bench.Writing;

/// <summary>What one would do without an audit log: one INSERT a request into a table with the usual indexes, by eight requests at a time, or a JSON line a request in a file.</summary>
internal static class InsteadBench
{
    private const int Concurrent = 8;

    private const string Table = """
        CREATE TABLE audit (id VARCHAR(64) PRIMARY KEY, at BIGINT, actor VARCHAR(200), action VARCHAR(100), resource VARCHAR(200), trace VARCHAR(64), body TEXT);
        CREATE INDEX audit_at ON audit (at);
        CREATE INDEX audit_actor ON audit (actor, at);
        CREATE INDEX audit_action ON audit (action, at);
        CREATE INDEX audit_resource ON audit (resource, at);
        CREATE INDEX audit_trace ON audit (trace);
        """;

    public static async Task RunAsync(BenchReport report, IReadOnlyList<string> stores, TimeSpan time, CancellationToken cancellationToken)
    {
        foreach (var store in stores)
        {
            using var folder = new TemporaryFolder();
            await using var server = store == "sqlite" ? null : await PostgreSqlProcess.StartAsync(cancellationToken, durable: true);
            DbConnection Open() => server is null ? Sqlite(folder.File("audit.db")) : new NpgsqlConnection(server.ConnectionString);
            await using (var connection = Open())
            {
                await connection.OpenAsync(cancellationToken);
                await ExecuteAsync(connection, server is null ? "PRAGMA journal_mode = WAL; " + Table : Table, cancellationToken);
            }

            var rate = await RateAsync(time, writer => InsertAsync(Open, writer), cancellationToken);
            report.Add($"instead: one INSERT a request, {store}, {Concurrent} at a time", rate, "events/s");
        }

        foreach (var flush in new[] { false, true })
        {
            using var folder = new TemporaryFolder();
            await using var logger = new LoggerConfiguration().WriteTo.File(new JsonFormatter(), folder.File("audit.json"), buffered: false, flushToDiskInterval: null, fileSizeLimitBytes: null).CreateLogger();
            var file = flush ? new FileStream(folder.File("synced.json"), FileMode.Create, FileAccess.Write, FileShare.Read) : null;
            var gate = new Lock();
            var rate = await RateAsync(
                time,
                writer => Task.FromResult<Func<PreparedRecord, Task>>(record =>
                {
                    var body = System.Text.Encoding.UTF8.GetString(record.Body);
                    if (file is null)
                    {
                        logger.Information("Audit {Id} {Body}", record.Id, body);
                        return Task.CompletedTask;
                    }

                    // Serilog never asks the disk; a log that a crash may not shorten has to.
                    lock (gate)
                    {
                        file.Write(record.Body);
                        file.WriteByte((byte)'\n');
                        file.Flush(flushToDisk: true);
                    }

                    return Task.CompletedTask;
                }),
                cancellationToken);
            file?.Dispose();
            report.Add($"instead: a JSON line a request, {(flush ? "each with fsync" : "Serilog's file sink, not flushed to disk")}, {Concurrent} at a time", rate, "events/s");
        }
    }

    private static async Task<double> RateAsync(TimeSpan time, Func<int, Task<Func<PreparedRecord, Task>>> open, CancellationToken cancellationToken)
    {
        var count = 0L;
        var start = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Concurrent).Select(writer => Task.Run(
            async () =>
            {
                var records = new EventMaker(new RecordWriter(TimeProvider.System, new ServerRedactor(Redactor.Default))).Records(2000);
                var write = await open(writer);
                for (var index = 0; TimeProvider.System.GetElapsedTime(start) < time; index++)
                {
                    var record = records[index % records.Length];
                    await write(record with { Id = string.Create(CultureInfo.InvariantCulture, $"{writer}-{index}") });
                    Interlocked.Increment(ref count);
                }
            },
            cancellationToken)));
        return count / TimeProvider.System.GetElapsedTime(start).TotalSeconds;
    }

    private static SqliteConnection Sqlite(string file) => new(new SqliteConnectionStringBuilder { DataSource = file, DefaultTimeout = 30 }.ToString());

    private static async Task<Func<PreparedRecord, Task>> InsertAsync(Func<DbConnection> open, int writer)
    {
        var connection = open();
        await connection.OpenAsync(CancellationToken.None);
        if (connection is SqliteConnection)
        {
            await ExecuteAsync(connection, "PRAGMA synchronous = FULL", CancellationToken.None);
        }

        var random = new Random(writer);
        return async record =>
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO audit (id, at, actor, action, resource, trace, body) VALUES (@id, @at, @actor, @action, @resource, @trace, @body)";
            Add(command, "@id", record.Id);
            Add(command, "@at", record.TimeMs);
            Add(command, "@actor", string.Create(CultureInfo.InvariantCulture, $"user-{random.Next(200)}"));
            Add(command, "@action", string.Create(CultureInfo.InvariantCulture, $"action-{random.Next(30)}"));
            Add(command, "@resource", string.Create(CultureInfo.InvariantCulture, $"resource-{random.Next(20_000)}"));
            Add(command, "@trace", string.Create(CultureInfo.InvariantCulture, $"{random.NextInt64():x16}{random.NextInt64():x16}"));
            Add(command, "@body", System.Text.Encoding.UTF8.GetString(record.Body));
            await command.ExecuteNonQueryAsync();
        };
    }

    private static async Task ExecuteAsync(DbConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
