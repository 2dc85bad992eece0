using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Platforms;

/// <summary>Azure Pipelines.</summary>
/// <remarks>Source: https://learn.microsoft.com/en-us/azure/devops/pipelines/build/variables</remarks>
internal sealed class AzurePlatform : ICiPlatform
{
    public string Name => "azure";

    public bool IsHere(CiVariables variables) => variables.IsOn("TF_BUILD");

    public CiContext Read(CiVariables variables)
    {
        var run = variables["BUILD_BUILDID"];
        var job = variables["SYSTEM_JOBID"];
        var collection = variables.Address("SYSTEM_COLLECTIONURI", "SYSTEM_TEAMFOUNDATIONCOLLECTIONURI", "SYSTEM_TEAMFOUNDATIONSERVERURI")?.TrimEnd('/');
        var project = variables["SYSTEM_TEAMPROJECTID", "SYSTEM_TEAMPROJECT"];
        var url = CiVariables.Join("/_build/results?buildId=", CiVariables.Join("/", collection, project), run);
        var reference = GitRef.Parse(variables["SYSTEM_PULLREQUEST_SOURCEBRANCH", "BUILD_SOURCEBRANCH"]);
        return new CiContext
        {
            Platform = Name,
            RunId = run,
            Attempt = variables["SYSTEM_STAGEATTEMPT", "SYSTEM_JOBATTEMPT"],
            Number = variables["BUILD_BUILDNUMBER"],
            Url = url,
            JobId = job,
            JobName = variables["SYSTEM_JOBDISPLAYNAME", "AGENT_JOBNAME"],
            JobUrl = CiVariables.Join("&view=logs&j=", url, job),
            Pipeline = variables["BUILD_DEFINITIONNAME"],
            Project = project,
            WorkerName = variables["AGENT_NAME"],
            Actor = variables["BUILD_REQUESTEDFOREMAIL", "BUILD_REQUESTEDFOR"] is { } id ? new CiActor(id, variables["BUILD_REQUESTEDFOR"], variables["BUILD_REQUESTEDFORID"]) : null,
            Repository = variables["BUILD_REPOSITORY_NAME"],
            RepositoryUrl = RepositoryAddress.OfRepository(variables["BUILD_REPOSITORY_URI"]),
            Branch = reference.Branch,
            Tag = reference.Tag,
            Commit = variables["SYSTEM_PULLREQUEST_SOURCECOMMITID", "BUILD_SOURCEVERSION"],

            // Repositories of GitHub have both: the number is what people see, the id is Azure's own.
            PullRequest = variables["SYSTEM_PULLREQUEST_PULLREQUESTNUMBER", "SYSTEM_PULLREQUEST_PULLREQUESTID"],
            BaseBranch = GitRef.BranchOf(variables["SYSTEM_PULLREQUEST_TARGETBRANCH", "SYSTEM_PULLREQUEST_TARGETBRANCHNAME"]),
            Event = variables["BUILD_REASON"],
        };
    }
}
