namespace Signalbox.Runner.FakeAgent;

/// <summary><c>hang</c>: says so and does nothing for ever.</summary>
internal static class Hang
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        Console.WriteLine("hanging");
        await Pause.ForAsync(Timeout.InfiniteTimeSpan);
        return 0;
    }
}
