namespace Signalbox.Server.Jobs.Running;

/// <summary>Gives work to the runner of its kind, when its tenant may have such work at all.</summary>
internal sealed class KindRunners(IEnumerable<IKindRunner> runners, RunningOptions options)
{
    private readonly IKindRunner[] _runners = [.. runners];

    public Task<WorkEnd> RunAsync(RunScope scope)
    {
        var request = scope.Request;

        // Refused when the job is created, too; but a tenant may have lost its trust since.
        if (request.Work is not HttpWork && !options.TrustedTenants.Contains(request.Tenant.Value, StringComparer.Ordinal))
        {
            return Task.FromResult(WorkEnd.Failure(
                "not_trusted",
                $"Tenant {request.Tenant} may not run a {request.Work.Kind} on the server's machine; jobs.trusted_tenants names those that may.",
                "not trusted") with { Permanent = true });
        }

        // The process may have stood still on the way here: what was asked to end, or may be somebody else's by now, must not begin.
        if (scope.Ladder.Reason is not null || scope.MayNotBegin)
        {
            return Task.FromResult(WorkEnd.NotBegun);
        }

        var runner = Array.Find(_runners, candidate => candidate.Takes(request.Work))
            ?? throw new InvalidOperationException($"Nothing here runs work of the kind {request.Work.Kind}.");
        return runner.RunAsync(scope);
    }
}
