using Xunit;

namespace Signalbox.Testing.Files;

/// <summary>Compares text with a file that is committed; <c>UPDATE_GOLDEN=1</c> writes the file instead.</summary>
public static class Golden
{
    public static bool Updating => Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1";

    /// <param name="path">Relative to the repository, with forward slashes.</param>
    public static void Matches(string path, string actual)
    {
        var file = RepositoryRoot.File(path.Split('/'));
        var text = actual.ReplaceLineEndings("\n");
        if (Updating)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
            return;
        }

        Assert.True(File.Exists(file), $"{path} is missing: run the tests once with UPDATE_GOLDEN=1 and read what they wrote.");
        var expected = File.ReadAllText(file).ReplaceLineEndings("\n");
        if (expected != text)
        {
            Assert.Fail($"{path} differs from what the code gives; run with UPDATE_GOLDEN=1 and read the difference.\n{FirstDifference(expected, text)}");
        }
    }

    private static string FirstDifference(string expected, string actual)
    {
        var left = expected.Split('\n');
        var right = actual.Split('\n');
        var line = Enumerable.Range(0, Math.Max(left.Length, right.Length)).First(index => left.ElementAtOrDefault(index) != right.ElementAtOrDefault(index));
        return $"line {line + 1}\n  committed: {left.ElementAtOrDefault(line) ?? "(end)"}\n  now:       {right.ElementAtOrDefault(line) ?? "(end)"}";
    }
}
