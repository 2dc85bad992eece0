namespace Signalbox.Server.App;

/// <summary>The command line of <c>signalbox</c>.</summary>
internal static class SignalboxCommand
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        await using var application = WebApplication.CreateSlimBuilder(arguments).Build();
        application.MapGet("/-/healthy", static () => "Signalbox is healthy.\n");
        await application.RunAsync("http://127.0.0.1:7070");
        return 0;
    }
}
