using System.ComponentModel;
using System.Diagnostics;
using Signalbox.Sdk.Processes;

namespace Signalbox.Runner.WorkTree;

/// <summary>Runs <c>git</c> so that neither the environment nor the repository decides what else runs with it.</summary>
/// <remarks>
/// Variables that begin with <c>GIT_</c> and secrets of the environment are not handed on; hooks, file system monitors, filters, external diffs, text conversions and fetching are off; no lock is taken.
/// </remarks>
/// <param name="place">Options that say which repository is meant; empty for the one that the folder lies in.</param>
internal sealed class GitProcess(string folder, IReadOnlyDictionary<string, string> environment, IReadOnlyList<string> place)
{
    /// <summary>Output that is read; a list of paths longer than this is not used.</summary>
    private const int MaxOutput = 256 * 1024 * 1024;

    /// <summary>A filter or a file system that does not answer must not keep the run from beginning or ending.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly string[] HandedOn = ["PATH", "HOME", "XDG_CONFIG_HOME", "TMPDIR", "TEMP", "TMP", "SystemRoot", "SYSTEMROOT", "USERPROFILE", "ProgramData", "PATHEXT", "LD_LIBRARY_PATH"];

    private static readonly string[] Settings =
    [
        "core.fsmonitor=false", "core.untrackedCache=false", "core.ignoreStat=false", "core.trustctime=true", "core.checkStat=default", "core.quotePath=false", "core.preloadIndex=true", "submodule.recurse=false",
        "protocol.allow=never", "safe.directory=*", "diff.ignoreSubmodules=none", "status.showUntrackedFiles=all",
    ];

    private readonly string? _program = Find(folder, environment.GetValueOrDefault("PATH"));

    /// <summary>The settings of filters that some configuration names, for <see cref="CompareAsync"/>.</summary>
    public Task<byte[]?> FiltersAsync(CancellationToken cancellationToken) => RunAsync(["config", "--name-only", "-z", "--get-regexp", @"^filter\."], null, default, cancellationToken);

    /// <summary>Compares files with an index. Filters that some configuration names are programs of whoever wrote it, so they are switched off by their names.</summary>
    /// <param name="filters">What <see cref="FiltersAsync"/> told of this repository just now; null to ask.</param>
    /// <inheritdoc cref="RunAsync(IEnumerable{string}, string?, ReadOnlyMemory{byte}, CancellationToken)"/>
    public async Task<byte[]?> CompareAsync(IEnumerable<string> arguments, string? index, Task<byte[]?>? filters, CancellationToken cancellationToken)
    {
        var output = await (filters ?? FiltersAsync(cancellationToken));
        return await RunAsync(arguments, index, default, GitFilters.Off(GitOutput.Paths(output)), cancellationToken);
    }

    /// <param name="index">An index file to use instead of the repository's own; null for that.</param>
    /// <param name="input">What it reads.</param>
    /// <returns>What it wrote; null when it is not installed, failed, wrote too much or took too long.</returns>
    public Task<byte[]?> RunAsync(IEnumerable<string> arguments, string? index, ReadOnlyMemory<byte> input, CancellationToken cancellationToken) =>
        RunAsync(arguments, index, input, [], cancellationToken);

    private async Task<byte[]?> RunAsync(
        IEnumerable<string> arguments, string? index, ReadOnlyMemory<byte> input, IReadOnlyList<KeyValuePair<string, string>> more, CancellationToken cancellationToken)
    {
        if (_program is null)
        {
            return null;
        }

        using var late = new CancellationTokenSource(Patience);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        using var process = new Process { StartInfo = Start(_program, arguments, index, more) };
        if (!TryStart(process))
        {
            return null;
        }

        try
        {
            var writing = WriteAsync(process, input, either.Token);
            var complaining = process.StandardError.BaseStream.CopyToAsync(Stream.Null, either.Token);
            var output = await ReadAsync(process.StandardOutput.BaseStream, either.Token);
            if (output is null)
            {
                process.Kill(entireProcessTree: true);
            }

            await Task.WhenAll(writing, complaining);
            await process.WaitForExitAsync(either.Token);
            return process.ExitCode == 0 ? output : null;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
    }

    /// <returns>False for a file that the system cannot run, such as a program of another machine's kind.</returns>
    private static bool TryStart(Process process)
    {
        try
        {
            return process.Start();
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static async Task WriteAsync(Process process, ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input, cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading all of it; its exit code tells.
        }
    }

    private static async Task<byte[]?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var length)
        {
            if (output.Length + length > MaxOutput)
            {
                return null;
            }

            output.Write(buffer, 0, length);
        }

        return output.ToArray();
    }

    /// <summary>Looked for in folders with a whole name only, so that a file of the repository is never taken for git.</summary>
    private static string? Find(string folder, string? path)
    {
        var folders = (path ?? string.Empty).Split(Path.PathSeparator).Where(Path.IsPathFullyQualified);
        return CommandFile.Find("git", folder, string.Join(Path.PathSeparator, folders)).Path;
    }

    private ProcessStartInfo Start(string program, IEnumerable<string> arguments, string? index, IReadOnlyList<KeyValuePair<string, string>> more)
    {
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        start.Environment.Clear();
        foreach (var name in HandedOn)
        {
            if (environment.TryGetValue(name, out var value))
            {
                start.Environment[name] = value;
            }
        }

        start.Environment["LC_ALL"] = "C";
        start.Environment["GIT_OPTIONAL_LOCKS"] = "0";
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        start.Environment["GIT_NO_LAZY_FETCH"] = "1";
        if (index is not null)
        {
            start.Environment["GIT_INDEX_FILE"] = index;
        }

        start.ArgumentList.Add("--literal-pathspecs");
        foreach (var setting in Settings.Append(OperatingSystem.IsWindows() ? "core.hooksPath=NUL" : "core.hooksPath=/dev/null"))
        {
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add(setting);
        }

        GitFilters.Configure(start, more);
        foreach (var argument in place.Concat(arguments))
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }
}
