using System.Globalization;
using Signalbox.Testing.Files;
using Signalbox.Testing.Processes;

namespace Signalbox.Testing.Services;

/// <summary>A real MariaDB on a random loopback port with a folder of its own.</summary>
public sealed class MariaDbProcess : IAsyncDisposable
{
    /// <summary>May do everything, from this machine.</summary>
    public const string User = "tester";

    public const string Password = "tester's p@ss:word/1";

    private static readonly ServiceUser Account = new("mysql");

    private readonly TemporaryFolder _folder;
    private ChildProcess _process;

    private MariaDbProcess(ChildProcess process, TemporaryFolder folder, int port)
    {
        _process = process;
        _folder = folder;
        Port = port;
    }

    public int Port { get; }

    public static async Task<MariaDbProcess> StartAsync(CancellationToken cancellationToken)
    {
        DebianPackage.MariaDb.Require();
        var folder = new TemporaryFolder();
        var port = LoopbackPort.Free();
        await Account.OwnAsync(folder.Path, cancellationToken);
        await Account.RunToEndAsync(
            "mariadb-install-db", ["--no-defaults", $"--datadir={folder.File("data")}", "--auth-root-authentication-method=normal", "--skip-test-db"], cancellationToken);

        // Debian's server has no account but root's; this file makes the tests' own when the server starts.
        var first = folder.Write("first.sql", $"""
            CREATE OR REPLACE USER '{User}'@'%' IDENTIFIED BY '{Password.Replace("'", "''", StringComparison.Ordinal)}';
            GRANT ALL ON *.* TO '{User}'@'%' WITH GRANT OPTION;
            """);
        return new MariaDbProcess(await RunAsync(folder, port, first, cancellationToken), folder, port);
    }

    /// <summary>How <c>storage.control</c> names one of its databases.</summary>
    public string UrlOf(string database, string user = User) =>
        string.Create(CultureInfo.InvariantCulture, $"mysql://{user}:{Uri.EscapeDataString(Password)}@127.0.0.1:{Port}/{database}?sslmode=disable");

    /// <summary>Runs statements as root, through the server's own client.</summary>
    public async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        var result = await ChildProcess.RunAsync("mariadb", ["--no-defaults", "--user=root", $"--socket={_folder.File("socket")}", "--execute", sql], cancellationToken);
        if (result.ExitCode != 0)
        {
            throw new InvalidOperationException($"mariadb failed with {result.ExitCode}: {result.Error}");
        }
    }

    /// <summary>Ends it as a crash would: connections are cut, the next start replays the log.</summary>
    public async Task CrashAsync(CancellationToken cancellationToken)
    {
        _process.Kill();
        await _process.WaitForExitAsync(cancellationToken);
    }

    /// <summary>Starts it once more after <see cref="CrashAsync"/>: same port, same data.</summary>
    public async Task StartAgainAsync(CancellationToken cancellationToken)
    {
        await _process.DisposeAsync();
        _process = await RunAsync(_folder, Port, first: null, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    private static async Task<ChildProcess> RunAsync(TemporaryFolder folder, int port, string? first, CancellationToken cancellationToken)
    {
        var (program, arguments) = Account.Command(
            DebianPackage.MariaDb.Program,
            [
                "--no-defaults",
                $"--datadir={folder.File("data")}",
                "--bind-address=127.0.0.1",
                string.Create(CultureInfo.InvariantCulture, $"--port={port}"),
                $"--socket={folder.File("socket")}",
                $"--pid-file={folder.File("pid")}",

                // Every commit is given to the system, which outlives a crash of the server, though not to the disk, which a test does not need.
                "--innodb-flush-log-at-trx-commit=2",
                "--innodb-buffer-pool-size=64M",
                .. first is null ? Array.Empty<string>() : [$"--init-file={first}"],
            ]);
        var process = ChildProcess.Start(program, arguments);
        await process.WaitForLineAsync("ready for connections", cancellationToken);
        return process;
    }
}
