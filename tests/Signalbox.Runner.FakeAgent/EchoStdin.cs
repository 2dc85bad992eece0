namespace Signalbox.Runner.FakeAgent;

/// <summary><c>echo-stdin</c>: writes its input to its output, byte for byte.</summary>
internal static class EchoStdin
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        await using var input = Console.OpenStandardInput();
        await using var output = Console.OpenStandardOutput();
        await input.CopyToAsync(output);
        return 0;
    }
}
