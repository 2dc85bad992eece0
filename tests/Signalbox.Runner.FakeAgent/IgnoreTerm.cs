using System.Runtime.InteropServices;

namespace Signalbox.Runner.FakeAgent;

/// <summary><c>ignore-term</c>: hangs, and SIGTERM, SIGINT and SIGHUP do not end it; it says each.</summary>
internal static class IgnoreTerm
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Ignore);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Ignore);
        using var hangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Ignore);
        return await Hang.RunAsync(arguments);
    }

    private static void Ignore(PosixSignalContext context)
    {
        context.Cancel = true;
        Console.WriteLine($"ignored {context.Signal}");
    }
}
