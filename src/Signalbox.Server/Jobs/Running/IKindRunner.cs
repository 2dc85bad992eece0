namespace Signalbox.Server.Jobs.Running;

/// <summary>Carries out one kind of work.</summary>
internal interface IKindRunner
{
    /// <summary>Whether this runner is for <paramref name="work"/>.</summary>
    bool Takes(JobWork work);

    /// <summary>Runs the work to its end, climbing the ladder when it is asked to.</summary>
    Task<WorkEnd> RunAsync(RunScope scope);
}
