namespace Signalbox.Sdk.Jobs;

/// <summary>Work that a job of the kind <c>handler</c> does inside the server.</summary>
/// <remarks>
/// A new instance runs each attempt. Returning is success, an exception is failure. A handler may be run again after it was started once (the server died,
/// the job retries): what it does elsewhere should be repeatable, or be guarded by <see cref="JobContext.Fence"/>.
/// </remarks>
/// <typeparam name="TArguments">What the job's <c>arguments</c> are read into; <see cref="NoArguments"/> for none.</typeparam>
public interface IJob<in TArguments>
{
    /// <param name="cancellationToken">
    /// Cancelled when the run is to end: its timeout, somebody's cancel, the server's stop, a lost lease. Then the grace of the job begins, after which the
    /// run counts as abandoned and keeps its slot until this method returns, because .NET cannot abort a thread.
    /// </param>
    Task RunAsync(TArguments arguments, JobContext context, CancellationToken cancellationToken);
}
