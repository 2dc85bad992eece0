using System.Data.Common;
using System.Globalization;
using Dapper;
using MySql.Data.MySqlClient;

namespace Signalbox.Server.Platform.Control;

/// <summary>Connections to MySQL and MariaDB.</summary>
/// <remarks>
/// The session's limits are set on each new connection. <c>wait_timeout</c> ends a connection whose client is silent, and with it the transaction and its
/// locks, so a process that is frozen holds none for long; the pool gives connections up before that. Source:
/// https://dev.mysql.com/doc/refman/8.0/en/server-system-variables.html
/// </remarks>
internal sealed class MySqlDriver : IServerDriver
{
    private readonly ControlTarget _target;
    private readonly string _connectionString;
    private readonly string _limits;

    public MySqlDriver(ControlOptions options)
    {
        _target = options.Target;
        _connectionString = new MySqlConnectionStringBuilder
        {
            Server = _target.Host,
            Port = (uint)_target.Port,
            Database = _target.Database,
            UserID = _target.User,
            Password = _target.Password ?? string.Empty,
            SslMode = _target.SslMode switch
            {
                "disable" => MySqlSslMode.Disabled,
                "require" => MySqlSslMode.Required,
                "verify-ca" => MySqlSslMode.VerifyCA,
                "verify-full" => MySqlSslMode.VerifyFull,
                _ => MySqlSslMode.Preferred,
            },
            SslCa = _target.RootCertificate ?? string.Empty,
            CharacterSet = "utf8mb4",
            Pooling = false,
            ConnectionTimeout = (uint)Math.Ceiling(options.ConnectTimeout.TotalSeconds),
            DefaultCommandTimeout = (uint)Math.Ceiling(options.StatementLimit.TotalSeconds) + 5,
            UseAffectedRows = false,
            TreatTinyAsBoolean = false,
            AllowPublicKeyRetrieval = true,
            PersistSecurityInfo = false,
        }.ToString();

        // The pool gives idle connections up after ServerConnections.IdleLife, so twice as long is enough for every connection that is in use.
        var silence = Math.Max(Seconds(options.LockLimit), 2 * Seconds(ServerConnections.IdleLife));
        _limits = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED;
            SET SESSION sql_mode = 'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION', time_zone = '+00:00', foreign_key_checks = 1,
                innodb_lock_wait_timeout = {Seconds(options.LockLimit)}, lock_wait_timeout = {Seconds(options.LockLimit)}, wait_timeout = {silence};
            SET /*M! SESSION max_statement_time = {Seconds(options.StatementLimit)}, SESSION idle_transaction_timeout = {Seconds(options.LockLimit)}, */ SESSION net_write_timeout = 30
            """);
    }

    public IControlDialect Dialect => MySqlDialect.Instance;

    public string BeginRead => "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY";

    public DbConnection Create() => new MySqlConnection(_connectionString);

    public Task PrepareAsync(DbConnection connection, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(_limits, cancellationToken: cancellationToken));

    public int Migrate(DbConnection connection, IReadOnlyList<IMigrationSource> sources, DateTimeOffset now) => MySqlMigrations.Run(connection, _target, sources, now);

    private static int Seconds(TimeSpan time) => (int)Math.Ceiling(time.TotalSeconds);
}
