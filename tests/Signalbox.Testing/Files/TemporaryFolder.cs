namespace Signalbox.Testing.Files;

/// <summary>A folder of its own for one test, deleted afterwards.</summary>
/// <remarks>Programs that a test has killed may still be writing into it for a moment: it is then deleted a little later, within <see cref="Clock.Eventually.Limit"/>.</remarks>
public sealed class TemporaryFolder : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public string Path { get; } = Directory.CreateTempSubdirectory("signalbox-test-").FullName;

    public string File(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    public string Write(string name, string text)
    {
        var file = File(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        System.IO.File.WriteAllText(file, text);
        return file;
    }

    /// <summary>Puts a file in the place of another at once, so that nobody who reads it meanwhile sees half of it or none.</summary>
    public void Replace(string name, string text) => System.IO.File.Move(Write(name + ".new", text), File(name), overwrite: true);

    public void Dispose()
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (!TryDelete(isLast: TimeProvider.System.GetElapsedTime(begun) > Clock.Eventually.Limit))
        {
            using var never = new ManualResetEventSlim();
            never.Wait(Pause);
        }
    }

    private bool TryDelete(bool isLast)
    {
        try
        {
            Directory.Delete(Path, recursive: true);
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            // The test deleted it itself.
            return !Directory.Exists(Path);
        }
        catch (IOException) when (!isLast)
        {
            return false;
        }
    }
}
