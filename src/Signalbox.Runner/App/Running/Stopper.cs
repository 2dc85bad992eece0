using Signalbox.Runner.Facts;
using Signalbox.Runner.Processes;

namespace Signalbox.Runner.App.Running;

/// <summary>Ends a command's tree for a reason of the runner's: asks, waits for the grace, and kills. The first reason counts.</summary>
/// <param name="tell">Writes down what is done.</param>
internal sealed class Stopper(IChild child, Action<RunnerEvent> tell, StateFile state, TimeSpan grace, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _began = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _done = Task.CompletedTask;
    private bool _stopped;

    /// <summary>Done as soon as the tree is being ended.</summary>
    public Task Began => _began.Task;

    /// <summary>Done when nothing is being ended.</summary>
    public Task Done
    {
        get
        {
            lock (_gate)
            {
                return _done;
            }
        }
    }

    /// <summary>Begins to end the tree, unless that has begun or the command has ended by itself.</summary>
    /// <param name="reason">One of the outcome's.</param>
    /// <param name="text">A whole sentence for people.</param>
    /// <returns>False when the command had ended by itself and nothing was done.</returns>
    public bool Stop(string reason, string text) => Stop(new RunnerEvent
    {
        At = clock.GetUtcNow(),
        Kind = RunnerEventKind.Stopping,
        Text = text,
        Values = new Dictionary<string, string>(StringComparer.Ordinal) { ["reason"] = reason },
    });

    /// <inheritdoc cref="Stop(string, string)"/>
    /// <param name="why">The event that says so; its value <c>reason</c> is one of the outcome's.</param>
    public bool Stop(RunnerEvent why)
    {
        lock (_gate)
        {
            if (!_stopped && !child.Exited.IsCompleted)
            {
                _stopped = true;
                _began.SetResult();
                _done = Task.Run(() => EndAsync(why));
            }

            return _stopped;
        }
    }

    private async Task EndAsync(RunnerEvent why)
    {
        tell(why);
        state.Stop(why.Values["reason"]);
        await ChildStop.StopAsync(child, grace, clock, tell);
    }
}
