namespace Signalbox.Telemetry.Metrics.Storage;

/// <summary>Keeps two stores off one folder, across processes and within one.</summary>
internal sealed class FolderLock : IDisposable
{
    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <exception cref="MetricStoreUnavailableException">Another store has the folder.</exception>
    public static FolderLock Take(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, "lock");
        try
        {
            // The lock ends with the handle, so a killed process leaves none behind; the file itself stays.
            return new FolderLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception)
        {
            throw new MetricStoreUnavailableException($"The folder {folder} is in use by another metric store: its file 'lock' is held. Stop the other process, or give this one its own folder.", exception);
        }
    }

    public void Dispose() => _file.Dispose();
}
