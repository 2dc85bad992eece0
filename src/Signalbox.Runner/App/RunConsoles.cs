using Signalbox.Runner.App.Running;

namespace Signalbox.Runner.App;

/// <summary>The console that this process was started with.</summary>
internal static class RunConsoles
{
    public static RunConsole Own() => new(Console.OpenStandardOutput(), Console.Error, !Console.IsErrorRedirected);
}
