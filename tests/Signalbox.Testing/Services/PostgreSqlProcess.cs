using System.Globalization;
using Signalbox.Testing.Files;
using Signalbox.Testing.Processes;

namespace Signalbox.Testing.Services;

/// <summary>A real PostgreSQL on a random loopback port with a folder of its own.</summary>
/// <remarks>PostgreSQL refuses to run as root, so under root it is started as the user <c>postgres</c> through <c>setpriv</c>.</remarks>
public sealed class PostgreSqlProcess : IAsyncDisposable
{
    private const string User = "postgres";
    private readonly ChildProcess _process;
    private readonly TemporaryFolder _folder;

    private PostgreSqlProcess(ChildProcess process, TemporaryFolder folder, int port)
    {
        _process = process;
        _folder = folder;
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
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", [User, folder.Path], cancellationToken);
        }

        await RunAsUserAsync(Path.Combine(Path.GetDirectoryName(server)!, "initdb"), ["-D", data, "-U", User, "-A", "trust", "-E", "UTF8", "--no-sync"], cancellationToken);
        var (program, arguments) = AsUser(
            server,
            ["-D", data, "-c", "listen_addresses=127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), "-c", $"unix_socket_directories={folder.Path}", "-c", durable ? "fsync=on" : "fsync=off"]);
        var process = ChildProcess.Start(program, arguments);
        await process.WaitForLineAsync("database system is ready to accept connections", cancellationToken);
        return new PostgreSqlProcess(process, folder, port);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    private static (string Program, IReadOnlyList<string> Arguments) AsUser(string program, IReadOnlyList<string> arguments) =>
        Environment.IsPrivilegedProcess ? ("setpriv", ["--reuid", User, "--regid", User, "--init-groups", program, .. arguments]) : (program, arguments);

    private static Task RunAsUserAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var (asUser, all) = AsUser(program, arguments);
        return RunAsync(asUser, all, cancellationToken);
    }

    private static async Task RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var result = await ChildProcess.RunAsync(program, arguments, cancellationToken);
        if (result.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} failed with {result.ExitCode}: {result.Error}{result.Output}");
        }
    }
}
