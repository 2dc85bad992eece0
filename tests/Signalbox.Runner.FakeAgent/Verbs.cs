namespace Signalbox.Runner.FakeAgent;

/// <summary>What the program can be told to do: each verb is a file of its own and returns the exit code.</summary>
internal static class Verbs
{
    public static readonly IReadOnlyDictionary<string, Func<string[], Task<int>>> All = new Dictionary<string, Func<string[], Task<int>>>(StringComparer.Ordinal)
    {
        ["alloc"] = Alloc.RunAsync,
        ["echo-stdin"] = EchoStdin.RunAsync,
        ["edit"] = Edit.RunAsync,
        ["exit"] = Exit.RunAsync,
        ["flood"] = Flood.RunAsync,
        ["hang"] = Hang.RunAsync,
        ["ignore-term"] = IgnoreTerm.RunAsync,
        ["script"] = Script.RunAsync,
        ["shell"] = Shell.RunAsync,
        ["signal"] = Signal.RunAsync,
        ["telemetry"] = Telemetry.RunAsync,
        ["tree"] = Tree.RunAsync,
    };

    public static int Explain()
    {
        Console.Error.WriteLine("Usage: Signalbox.Runner.FakeAgent VERB …, where VERB is one of " + string.Join(", ", All.Keys) + ".");
        return 2;
    }
}
