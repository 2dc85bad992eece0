using System.Globalization;
using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Processes;

/// <summary>Ends a command: asks all of its tree, waits, and ends what is left.</summary>
internal static class ChildStop
{
    /// <param name="grace">Time between the two.</param>
    /// <param name="tell">Is told when the tree had to be killed.</param>
    public static async Task<ChildExit> StopAsync(IChild child, TimeSpan grace, TimeProvider clock, Action<RunnerEvent> tell)
    {
        child.Terminate();
        using var over = new CancellationTokenSource();
        var first = await Task.WhenAny(child.Exited, Task.Delay(grace, clock, over.Token));
        await over.CancelAsync();
        if (first != child.Exited)
        {
            tell(new RunnerEvent
            {
                At = clock.GetUtcNow(),
                Kind = RunnerEventKind.Killed,
                Text = string.Create(CultureInfo.InvariantCulture, $"The command, or something that it had started, had not ended {grace.TotalSeconds:0.###} seconds after it was asked to, and was killed."),
                Values = new Dictionary<string, string>(StringComparer.Ordinal) { ["pid"] = child.Id.ToString(CultureInfo.InvariantCulture) },
            });
            await child.KillAsync();
        }

        return await child.Exited;
    }
}
