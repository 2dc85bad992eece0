namespace Signalbox.Runner.FakeAgent;

/// <summary><c>edit FILE TEXT</c>: makes TEXT, and a line feed, the content of a file.</summary>
internal static class Edit
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var file = Path.GetFullPath(arguments[0]);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, string.Join(' ', arguments[1..]) + "\n");
        return 0;
    }
}
