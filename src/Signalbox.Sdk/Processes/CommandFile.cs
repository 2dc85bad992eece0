using System.Text;

namespace Signalbox.Sdk.Processes;

/// <summary>Finds the file of a command before anything is started, so that what is wrong can be said precisely.</summary>
internal static class CommandFile
{
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <param name="file">A path, against the working directory when it is relative, or a name that is looked for in PATH.</param>
    /// <param name="path">The command's own PATH.</param>
    /// <returns>The absolute path, or else what is wrong.</returns>
    public static (string? Path, CommandFault? Fault) Find(string file, string workingDirectory, string? path)
    {
        if (!Directory.Exists(workingDirectory))
        {
            return (null, new CommandFault(File.Exists(workingDirectory)
                ? $"The working directory {workingDirectory} is a file."
                : $"The working directory {workingDirectory} does not exist."));
        }

        if (file.Length == 0 || file.Contains('\0', StringComparison.Ordinal))
        {
            return (null, new CommandFault("The command's file is empty, or has the character nought in it."));
        }

        var isPath = file.Contains('/', StringComparison.Ordinal) || Path.IsPathRooted(file);
        var candidates = isPath
            ? Names(Path.GetFullPath(file, workingDirectory)).ToArray()
            : (path ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).SelectMany(folder => Names(Path.GetFullPath(Path.Combine(folder, file), workingDirectory))).ToArray();
        if (Array.Find(candidates, IsExecutable) is { } found)
        {
            return Interpreter(found) is { } missing && !File.Exists(missing)
                ? (null, new CommandFault($"{found} is a script for {missing}, which does not exist."))
                : (found, null);
        }

        return (null, Wrong(file, candidates, isPath));
    }

    private static CommandFault Wrong(string file, string[] candidates, bool isPath) =>
        Array.Find(candidates, File.Exists) is { } present ? new CommandFault($"{present} is not executable.")
        : Array.Find(candidates, Directory.Exists) is { } folder ? new CommandFault($"{folder} is a folder.")
        : new CommandFault(isPath ? $"{candidates[0]} does not exist." : $"{file} was found in no folder of PATH.") { IsMissing = true };

    private static IEnumerable<string> Names(string path) => OperatingSystem.IsWindows() && !Path.HasExtension(path) ? [path + ".exe", path + ".cmd", path + ".bat"] : [path];

    private static bool IsExecutable(string file)
    {
        try
        {
            return File.Exists(file) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & Executable) != UnixFileMode.None);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A link that leads to itself exists and has no mode.
            return false;
        }
    }

    /// <summary>The program that a script names in its first line; the shell would only say that the script itself was not found.</summary>
    private static string? Interpreter(string file)
    {
        try
        {
            Span<byte> start = stackalloc byte[256];
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            var line = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
            if (!line.StartsWith("#!"u8) || !line.Contains((byte)'\n'))
            {
                return null;
            }

            var text = Encoding.UTF8.GetString(line[2..line.IndexOf((byte)'\n')]).Trim();
            return text.Split([' ', '\t'], 2)[0] is { Length: > 0 } interpreter && interpreter[0] == '/' ? interpreter : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A program may be executable without being readable; the system decides whether it starts.
            return null;
        }
    }
}

/// <summary>Why a command cannot be started.</summary>
/// <param name="Message">A whole sentence for people.</param>
internal sealed record CommandFault(string Message)
{
    /// <summary>There is no such file, as opposed to one that cannot be run.</summary>
    public bool IsMissing { get; init; }
}
