using System.Text.Json;
using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Platforms;

/// <summary>GitHub Actions.</summary>
/// <remarks>
/// The number of the job's check run is not given to jobs; a workflow passes it on with <c>JOB_CHECK_RUN_ID: ${{ job.check_run_id }}</c>, and the run's span then hangs below the job's.
/// Source: https://docs.github.com/en/actions/reference/workflows-and-actions/variables
/// </remarks>
internal sealed class GitHubPlatform : ICiPlatform
{
    public const string PlatformName = "github";

    /// <summary>GitHub sends payloads of at most 25 MB; those of pull requests are far smaller.</summary>
    private const int MaxEvent = 8 * 1024 * 1024;

    public string Name => PlatformName;

    public bool IsHere(CiVariables variables) => variables.IsOn("GITHUB_ACTIONS");

    public CiContext Read(CiVariables variables)
    {
        var name = variables["GITHUB_EVENT_NAME"];
        var reference = GitRef.Parse(variables["GITHUB_REF"]);
        var change = IsAboutChange(name) ? ReadChange(variables["GITHUB_EVENT_PATH"]) : default;
        var repository = variables["GITHUB_REPOSITORY"];
        var home = CiVariables.Join("/", variables.Address("GITHUB_SERVER_URL")?.TrimEnd('/') ?? "https://github.com", repository);
        var run = variables["GITHUB_RUN_ID"];
        var attempt = variables["GITHUB_RUN_ATTEMPT"];
        var runUrl = CiVariables.Join("/actions/runs/", home, run);
        var job = variables["JOB_CHECK_RUN_ID"];
        return new CiContext
        {
            Platform = Name,
            RunId = run,
            Attempt = attempt,
            Number = variables["GITHUB_RUN_NUMBER"],
            Url = CiVariables.Join("/attempts/", runUrl, attempt) ?? runUrl,
            JobId = job,
            JobName = variables["GITHUB_JOB"],
            JobUrl = CiVariables.Join("/job/", runUrl, job),
            Pipeline = variables["GITHUB_WORKFLOW"],
            Project = repository,
            WorkerName = variables["RUNNER_NAME"],
            Actor = ActorOf(variables),
            Repository = repository,
            RepositoryUrl = home,
            Branch = variables["GITHUB_HEAD_REF"] ?? change.Branch ?? reference.Branch,
            Tag = reference.Tag,
            Commit = change.Commit ?? variables["GITHUB_SHA"],
            PullRequest = change.Number ?? NumberIn(variables["GITHUB_REF"]),
            BaseBranch = GitRef.BranchOf(variables["GITHUB_BASE_REF"]) ?? change.BaseBranch,
            Event = name,
        };
    }

    /// <summary>Whoever set off this attempt; the first attempt's actor is another one when somebody else repeats it, and the number is that one's.</summary>
    private static CiActor? ActorOf(CiVariables variables)
    {
        var first = variables["GITHUB_ACTOR"];
        var now = variables["GITHUB_TRIGGERING_ACTOR"] ?? first;
        return now is null ? null : new CiActor(now, null, now == first ? variables["GITHUB_ACTOR_ID"] : null);
    }

    private static bool IsAboutChange(string? name) => name is "issue_comment" || name?.StartsWith("pull_request", StringComparison.Ordinal) == true;

    private static string? NumberIn(string? reference)
    {
        var parts = reference?.Split('/') ?? [];
        return parts is ["refs", "pull", var number, ..] ? number : null;
    }

    /// <summary>The pull request in the event's payload; a merge made for the test stands in <c>GITHUB_SHA</c>, the branch's own head only here.</summary>
    private static Change ReadChange(string? path)
    {
        if (BoundedFile.ReadBytes(path, MaxEvent) is not { } bytes)
        {
            return default;
        }

        try
        {
            using var document = JsonDocument.Parse(bytes);
            var root = document.RootElement;
            if (Member(root, "pull_request") is { } pull)
            {
                return new Change(Text(Member(pull, "number")), Text(Member(Member(pull, "head"), "sha")), Text(Member(Member(pull, "head"), "ref")), Text(Member(Member(pull, "base"), "ref")));
            }

            // A comment on a pull request comes as one on an issue that says so.
            return Member(root, "issue") is { } issue && Member(issue, "pull_request") is not null ? new Change(Text(Member(issue, "number")), null, null, null) : default;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The variables say enough without it.
            return default;
        }
    }

    private static JsonElement? Member(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;

    private static string? Text(JsonElement? element) => element switch
    {
        { ValueKind: JsonValueKind.String } text => CiVariables.Clean(text.GetString()),
        { ValueKind: JsonValueKind.Number } number => CiVariables.Clean(number.GetRawText()),
        _ => null,
    };

    private readonly record struct Change(string? Number, string? Commit, string? Branch, string? BaseBranch);
}
