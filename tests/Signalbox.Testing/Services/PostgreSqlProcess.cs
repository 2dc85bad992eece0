using System.Globalization;
using Signalbox.Testing.Files;
using Signalbox.Testing.Processes;

namespace Signalbox.Testing.Services;

/// <summary>A real PostgreSQL on a random loopback port with a folder of its own.</summary>
/// <remarks>PostgreSQL refuses to run as root, so under root it is started as the user <c>postgres</c> through <c>setpriv</c>.</remarks>
public sealed class PostgreSqlProcess : IAsyncDisposable
{
    private const string User = "postgres";
    private const int ImmediateShutdown = 3; // SIGQUIT: without a checkpoint, as after a crash.

    private static readonly ServiceUser Account = new(User);

    private readonly TemporaryFolder _folder;
    private readonly (string Program, IReadOnlyList<string> Arguments) _command;
    private ChildProcess _process;

    private PostgreSqlProcess(ChildProcess process, TemporaryFolder folder, int port, (string Program, IReadOnlyList<string> Arguments) command)
    {
        _process = process;
        _folder = folder;
        _command = command;
        Port = port;
    }

    public int Port { get; }

    public string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Username={User};Database=postgres");

    /// <param name="durable">Whether a commit waits for the disk, as it does where speed is measured.</param>
    public static async Task<PostgreSqlProcess> StartAsync(CancellationToken cancellationToken, bool durable = false)
    {
        var server = DebianPackage.PostgreSql.Require();
        var folder = new TemporaryFolder();
        var data = folder.File("data");
        var port = LoopbackPort.Free();
        await Account.OwnAsync(folder.Path, cancellationToken);
        await Account.RunToEndAsync(Path.Combine(Path.GetDirectoryName(server)!, "initdb"), ["-D", data, "-U", User, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"], cancellationToken);
        var command = Account.Command(
            server,
            ["-D", data, "-c", "listen_addresses=127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), "-c", $"unix_socket_directories={folder.Path}", "-c", durable ? "fsync=on" : "fsync=off"]);
        return new PostgreSqlProcess(await LaunchAsync(command, cancellationToken), folder, port, command);
    }

    /// <summary>How <c>storage.control</c> names one of its databases.</summary>
    public string UrlOf(string database, string user = User) => string.Create(CultureInfo.InvariantCulture, $"postgres://{user}@127.0.0.1:{Port}/{database}");

    /// <summary>Runs a statement as the superuser, through the server's own client.</summary>
    public async Task ExecuteAsync(string sql, CancellationToken cancellationToken, string database = "postgres")
    {
        var client = Path.Combine(Path.GetDirectoryName(DebianPackage.PostgreSql.Program)!, "psql");
        var result = await ChildProcess.RunAsync(
            client, ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", Port.ToString(CultureInfo.InvariantCulture), "-U", User, "-d", database, "-c", sql], cancellationToken);
        if (result.ExitCode != 0)
        {
            throw new InvalidOperationException($"psql failed with {result.ExitCode}: {result.Error}");
        }
    }

    /// <summary>Ends it as a crash would: connections are cut, the next start replays the log.</summary>
    public async Task CrashAsync(CancellationToken cancellationToken)
    {
        _process.Signal(ImmediateShutdown);
        await _process.WaitForExitAsync(cancellationToken);
    }

    /// <summary>Starts it once more after <see cref="CrashAsync"/>: same port, same data.</summary>
    public async Task StartAgainAsync(CancellationToken cancellationToken)
    {
        await _process.DisposeAsync();
        _process = await LaunchAsync(_command, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    private static async Task<ChildProcess> LaunchAsync((string Program, IReadOnlyList<string> Arguments) command, CancellationToken cancellationToken)
    {
        var process = ChildProcess.Start(command.Program, command.Arguments);
        await process.WaitForLineAsync("database system is ready to accept connections", cancellationToken);
        return process;
    }
}
