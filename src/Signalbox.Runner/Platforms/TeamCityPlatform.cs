using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Platforms;

/// <summary>TeamCity. It tells little in variables; the rest stands in the two files of properties that it writes for each build.</summary>
/// <remarks>Of the files only what is named here is kept: they hold the build's credentials too. Source: https://www.jetbrains.com/help/teamcity/predefined-build-parameters.html</remarks>
internal sealed class TeamCityPlatform : ICiPlatform
{
    private const int MaxFile = 4 * 1024 * 1024;

    private static readonly HashSet<string> Wanted = new(StringComparer.Ordinal)
    {
        "teamcity.build.id", "teamcity.buildType.id", "agent.name", "teamcity.configuration.properties.file", "teamcity.build.branch", "teamcity.build.triggeredBy",
        "teamcity.build.triggeredBy.username", "teamcity.serverUrl", "vcsroot.url", "vcsroot.branch", "teamcity.pullRequest.number", "teamcity.pullRequest.source.branch",
        "teamcity.pullRequest.target.branch",
    };

    public string Name => "teamcity";

    public bool IsHere(CiVariables variables) => variables.Has("TEAMCITY_VERSION");

    public CiContext Read(CiVariables variables)
    {
        var properties = new Dictionary<string, string>(StringComparer.Ordinal);
        JavaProperties.ReadInto(properties, BoundedFile.ReadBytes(variables["TEAMCITY_BUILD_PROPERTIES_FILE"], MaxFile), Wanted);
        JavaProperties.ReadInto(properties, BoundedFile.ReadBytes(properties.GetValueOrDefault("teamcity.configuration.properties.file"), MaxFile), Wanted);
        var values = new CiVariables(properties);

        var change = variables["TEAMCITY_PULLREQUEST_NUMBER"] ?? values["teamcity.pullRequest.number"];
        var branch = values["teamcity.build.branch"];
        var id = values["teamcity.build.id"];
        return new CiContext
        {
            Platform = Name,
            RunId = id ?? variables["BUILD_NUMBER"],
            Number = variables["BUILD_NUMBER"],
            Url = variables.Address("BUILD_URL") ?? CiVariables.Join("/viewLog.html?buildId=", values.Address("teamcity.serverUrl")?.TrimEnd('/'), id),
            JobName = variables["TEAMCITY_BUILDCONF_NAME"],
            Pipeline = values["teamcity.buildType.id"] ?? variables["TEAMCITY_BUILDCONF_NAME"],
            Project = values["teamcity.buildType.id"] ?? CiVariables.Join("/", variables["TEAMCITY_PROJECT_NAME"], variables["TEAMCITY_BUILDCONF_NAME"]),
            WorkerName = values["agent.name"],
            Actor = values["teamcity.build.triggeredBy.username"] is { } user ? new CiActor(user, values["teamcity.build.triggeredBy"]) : null,
            Repository = RepositoryAddress.NameIn(values["vcsroot.url"]),
            RepositoryUrl = RepositoryAddress.OfRepository(values["vcsroot.url"]),
            Branch = GitRef.BranchOf(values["teamcity.pullRequest.source.branch"]) ?? GitRef.BranchOf(branch is null or "<default>" ? values["vcsroot.branch"] : branch),
            Commit = variables["BUILD_VCS_NUMBER"],
            PullRequest = change,
            BaseBranch = GitRef.BranchOf(variables["TEAMCITY_PULLREQUEST_TARGET_BRANCH"] ?? values["teamcity.pullRequest.target.branch"]),
            Event = change is null ? null : "pull_request",
        };
    }
}
