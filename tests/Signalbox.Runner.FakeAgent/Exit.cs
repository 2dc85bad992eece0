using System.Globalization;

namespace Signalbox.Runner.FakeAgent;

/// <summary><c>exit CODE</c>.</summary>
internal static class Exit
{
    public static Task<int> RunAsync(string[] arguments) => Task.FromResult(int.Parse(arguments[0], CultureInfo.InvariantCulture));
}
