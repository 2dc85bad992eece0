namespace Signalbox.Runner.Tests.App;

/// <summary>Finds processes by a variable that everything below the runner inherits.</summary>
internal static class ProcessMark
{
    /// <param name="process">A folder of <c>/proc</c>.</param>
    /// <param name="mark">As <c>NAME=value</c>.</param>
    public static bool Has(string process, string mark)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "environ")).Split('\0').Contains(mark, StringComparer.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
