using System.Data.Common;
using System.Globalization;
using Dapper;
using Npgsql;

namespace Signalbox.Server.Platform.Control;

/// <summary>Connections to PostgreSQL.</summary>
/// <remarks>
/// The time limits travel with the opening of each connection, so that a process which is frozen or unplugged holds no lock longer than they say.
/// Source: https://www.postgresql.org/docs/15/runtime-config-client.html
/// </remarks>
internal sealed class PostgreSqlDriver : IServerDriver
{
    private const string Lock = "SELECT pg_advisory_xact_lock(hashtext('signalbox schema of ' || current_schema()))";

    private const string JournalTable = """
        CREATE TABLE IF NOT EXISTS schema_migrations (
            slice {name} NOT NULL,
            number {int} NOT NULL,
            name {name} NOT NULL,
            applied_at_ms {bigint} NOT NULL,
            PRIMARY KEY (slice, number)
        )
        """;

    private readonly ControlTarget _target;
    private readonly string _connectionString;

    public PostgreSqlDriver(ControlOptions options)
    {
        _target = options.Target;
        var limits = string.Create(
            CultureInfo.InvariantCulture,
            $"-c statement_timeout={Milliseconds(options.StatementLimit)} -c lock_timeout={Milliseconds(options.LockLimit)} -c idle_in_transaction_session_timeout={Milliseconds(options.LockLimit)} -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3");
        _connectionString = new NpgsqlConnectionStringBuilder
        {
            Host = _target.Host,
            Port = _target.Port,
            Database = _target.Database,
            Username = _target.User,
            Password = _target.Password,
            SslMode = _target.SslMode switch
            {
                "disable" => SslMode.Disable,
                "require" => SslMode.Require,
                "verify-ca" => SslMode.VerifyCA,
                "verify-full" => SslMode.VerifyFull,
                _ => SslMode.Prefer,
            },
            RootCertificate = _target.RootCertificate,
            ApplicationName = "signalbox",
            Pooling = false,
            Timeout = Seconds(options.ConnectTimeout),
            CommandTimeout = Seconds(options.StatementLimit) + 5,
            CancellationTimeout = 2000,
            TcpKeepAlive = true,
            TcpKeepAliveTime = 10,
            TcpKeepAliveInterval = 5,
            IncludeErrorDetail = false,
            Options = limits,
        }.ToString();
    }

    public IControlDialect Dialect => PostgreSqlDialect.Instance;

    public string BeginRead => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

    public DbConnection Create() => new NpgsqlConnection(_connectionString);

    public Task PrepareAsync(DbConnection connection, CancellationToken cancellationToken) => Task.CompletedTask;

    public int Migrate(DbConnection connection, IReadOnlyList<IMigrationSource> sources, DateTimeOffset now)
    {
        using var transaction = connection.BeginTransaction();

        // Whoever comes second waits here until the first is done; building an index may take its time.
        connection.Execute("SET LOCAL lock_timeout = '120s'; SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = '120s'");
        connection.Execute(Lock);
        connection.Execute(ColumnTypes.Fill(JournalTable, Dialect));
        var plan = MigrationPlan.Make(_target.ToString(), connection.Query<AppliedMigration>(MigrationPlan.JournalQuery), sources);
        foreach (var step in plan)
        {
            connection.Execute(step.Migration.For(Dialect));
            connection.Execute(MigrationPlan.JournalInsert, step.Row(now));
        }

        transaction.Commit();
        return plan.Count;
    }

    private static long Milliseconds(TimeSpan time) => (long)time.TotalMilliseconds;

    private static int Seconds(TimeSpan time) => (int)Math.Ceiling(time.TotalSeconds);
}
