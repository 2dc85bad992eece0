using System.Globalization;
using System.Text;
using Signalbox.Runner.Platforms;

namespace Signalbox.Runner.Facts;

/// <summary>The folder of one run. Only the user who runs can read it.</summary>
internal sealed class RunFolder
{
    private const string Latest = "latest";
    private const string Home = ".cicd-runner";

    private RunFolder(string path) => Path = path;

    /// <summary>Absolute.</summary>
    public string Path { get; }

    /// <summary>The run's id, which is the folder's name.</summary>
    public string RunId => System.IO.Path.GetFileName(Path);

    /// <param name="runs">The folder of all runs; made when it is missing.</param>
    /// <param name="now">Part of the id.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static RunFolder Create(string runs, DateTimeOffset now)
    {
        runs = System.IO.Path.GetFullPath(runs);
        foreach (var place in (string[])[OwnFolderOf(runs), runs])
        {
            if (OwnFolderOf(runs) != runs && new DirectoryInfo(place).LinkTarget is not null)
            {
                throw new IOException($"{place} is a link, and a repository may not say where runs are written down.");
            }
        }

        PrivateFiles.CreateFolder(runs);
        Ignore(runs);
        var id = $"{now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}-{Convert.ToHexStringLower(SystemRandom.Bytes(4))}";
        var folder = new RunFolder(System.IO.Path.Combine(runs, id));
        PrivateFiles.CreateFolder(folder.Path);
        PrivateFiles.Replace(System.IO.Path.Combine(runs, Latest), Encoding.ASCII.GetBytes(id + "\n"));
        return folder;
    }

    /// <summary>Makes the folder again when somebody has removed it, such as <c>git clean -xfd</c>, as the newest of all runs.</summary>
    /// <remarks>What is written while it goes may be left of it; so its first file tells.</remarks>
    /// <returns>Whether it was gone.</returns>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public bool Restore()
    {
        if (System.IO.File.Exists(File(RunFiles.Start)))
        {
            return false;
        }

        var runs = System.IO.Path.GetDirectoryName(Path)!;
        PrivateFiles.CreateFolder(Path);
        Ignore(runs);
        PrivateFiles.Replace(System.IO.Path.Combine(runs, Latest), Encoding.ASCII.GetBytes(RunId + "\n"));
        return true;
    }

    /// <summary>A folder that is there.</summary>
    /// <param name="path">Of a run; or of all runs, which stands for the newest of them.</param>
    /// <returns>Null when no run is there.</returns>
    public static RunFolder? Open(string path)
    {
        if (path.Length == 0)
        {
            return null;
        }

        path = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        return System.IO.File.Exists(System.IO.Path.Combine(path, RunFiles.Start)) ? new RunFolder(path) : Newest(path);
    }

    /// <summary>A folder of which it does not matter whether a run is there.</summary>
    public static RunFolder At(string path) => new(path);

    /// <summary>The run that was begun last.</summary>
    /// <param name="runs">The folder of all runs.</param>
    public static RunFolder? Newest(string runs)
    {
        var latest = System.IO.Path.Combine(runs, Latest);
        if (new FileInfo(latest) is not { Exists: true, Length: > 0 })
        {
            return null;
        }

        var folder = new RunFolder(System.IO.Path.Combine(System.IO.Path.GetFullPath(runs), System.IO.Path.GetFileName(System.IO.File.ReadAllText(latest).Trim())));
        return System.IO.File.Exists(folder.File(RunFiles.Start)) ? folder : null;
    }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Takes the folder for this process until the result is disposed of, or the process ends however it ends.</summary>
    /// <returns>Null when another process has it: the run goes on.</returns>
    public IDisposable? TryLock()
    {
        try
        {
            return PrivateFiles.Open(File(RunFiles.Lock), FileMode.OpenOrCreate, FileShare.None, FileAccess.ReadWrite);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Where what could not be sent to a server waits for a later run: beside the runs in the runner's own folder, otherwise within the folder of all runs.</summary>
    public static string SpoolOf(string runs) => System.IO.Path.Combine(OwnFolderOf(runs), "spool");

    /// <summary>Whether a name is that of a run's folder.</summary>
    public static bool IsRunId(string name) =>
        name.Length == 25 && name[8] == 'T' && name[15] == 'Z' && name[16] == '-'
        && !name.AsSpan(0, 8).ContainsAnyExceptInRange('0', '9') && !name.AsSpan(9, 6).ContainsAnyExceptInRange('0', '9') && name[17..].All(char.IsAsciiHexDigitLower);

    private static string OwnFolderOf(string runs) => System.IO.Path.GetDirectoryName(runs) is { } parent && System.IO.Path.GetFileName(parent) == Home ? parent : runs;

    private static void Ignore(string runs)
    {
        var place = System.IO.Path.Combine(OwnFolderOf(runs), ".gitignore");
        if (!System.IO.File.Exists(place))
        {
            PrivateFiles.Replace(place, "*\n"u8);
        }
    }
}
