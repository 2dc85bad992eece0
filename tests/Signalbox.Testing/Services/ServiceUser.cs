using Signalbox.Testing.Processes;

namespace Signalbox.Testing.Services;

/// <summary>Runs the programs of a database as its own user where the test itself is root, because databases refuse to run as root.</summary>
internal sealed record ServiceUser(string Name)
{
    public (string Program, IReadOnlyList<string> Arguments) Command(string program, params IReadOnlyList<string> arguments) =>
        Environment.IsPrivilegedProcess ? ("setpriv", ["--reuid", Name, "--regid", Name, "--init-groups", program, .. arguments]) : (program, arguments);

    /// <summary>Gives a folder to the user.</summary>
    public Task OwnAsync(string folder, CancellationToken cancellationToken) =>
        Environment.IsPrivilegedProcess ? RunAsync("chown", [Name, folder], cancellationToken) : Task.CompletedTask;

    /// <summary>Runs a program as the user, to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message carries what it wrote.</exception>
    public Task RunToEndAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var (asUser, all) = Command(program, arguments);
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
