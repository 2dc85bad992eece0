namespace Signalbox.Runner.FakeAgent;

/// <summary>Lets real time pass, as the agent that this program stands in for does.</summary>
internal static class Pause
{
    public static Task ForAsync(TimeSpan time) => Task.Delay(time, TimeProvider.System);
}
