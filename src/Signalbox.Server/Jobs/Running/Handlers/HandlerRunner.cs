using System.Globalization;
using Signalbox.Sdk.Jobs;

namespace Signalbox.Server.Jobs.Running.Handlers;

/// <summary>Runs C# handlers.</summary>
internal sealed class HandlerRunner(HandlerCatalog catalog, ILoggerFactory logs) : IKindRunner
{
    private const int LongestMessage = 8 << 10;
    private const int LongestStack = 32 << 10;

    /// <summary>How many handlers may be in their first stretch, up to where they first wait without blocking, on threads of the pool.</summary>
    private static readonly int MostOnPool = Math.Max(Environment.ProcessorCount / 2, 1);

    private int _starting;

    public bool Takes(JobWork work) => work is HandlerWork;

    public async Task<WorkEnd> RunAsync(RunScope scope)
    {
        var work = (HandlerWork)scope.Request.Work;
        if (catalog.Find(work.Name) is not { } handler)
        {
            return WorkEnd.Failure("unknown_handler", catalog.Unknown(work.Name), "unknown handler") with { Permanent = true };
        }

        var context = ContextOf(scope, handler);

        var running = Start(() => handler.RunAsync(work.Arguments, context, scope.Ladder.AskToken));
        await Task.WhenAny(running, scope.Ladder.Killed);
        if (!running.IsCompleted)
        {
            return new WorkEnd { StillRunning = running };
        }

        try
        {
            await running;
            return new WorkEnd { Succeeded = true, DoneDespiteStop = true };
        }
        catch (JobArgumentsException exception)
        {
            return WorkEnd.Failure("arguments", exception.Message, "arguments") with { Permanent = true };
        }
        catch (Exception exception)
        {
            // A handler may fail in any way; how it failed is what its run's history tells.
            var type = exception.GetType().FullName ?? exception.GetType().Name;
            return WorkEnd.Failure(type, Bounded(exception.Message, LongestMessage), type, stack: Bounded(exception.ToString(), LongestStack));
        }
    }

    /// <summary>
    /// Starts a handler so that one which computes or blocks holds up nobody else. The pool grows by a thread or two a second: were many handlers to block
    /// its threads, leases could not be renewed in time. So, beyond a few at once, each starts on a thread of its own.
    /// </summary>
    private Task Start(Func<Task> handler)
    {
        var crowded = Interlocked.Increment(ref _starting) > MostOnPool;
        return crowded
            ? Task.Factory.StartNew(First, CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default).Unwrap()
            : Task.Run(First, CancellationToken.None);

        Task First()
        {
            try
            {
                return handler();
            }
            finally
            {
                Interlocked.Decrement(ref _starting);
            }
        }
    }

    private static string Bounded(string text, int length) =>
        text.Length <= length ? text : string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)}… ({text.Length - length} more)");

    private JobContext ContextOf(RunScope scope, JobHandler handler)
    {
        var request = scope.Request;
        return new JobContext
        {
            ExecutionId = request.ExecutionId,
            JobId = request.JobId,
            JobName = request.JobName,
            Attempt = request.Attempt,
            Fence = request.Fence,
            NominalAt = request.NominalAt,
            TraceId = request.TraceId,
            Lost = scope.Ladder.LostToken,
            Logger = new HandlerLogger(logs.CreateLogger($"Signalbox.Job.{handler.Name}"), scope.Output),
            Output = new HandlerOutput(scope.Output),
        };
    }
}
