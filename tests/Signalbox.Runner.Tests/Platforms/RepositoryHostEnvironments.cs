using Signalbox.Runner.Facts;
using static Signalbox.Runner.Tests.Platforms.PlatformEnvironments;

namespace Signalbox.Runner.Tests.Platforms;

/// <summary>Jobs of the platforms that host repositories too, and of Jenkins.</summary>
internal static class RepositoryHostEnvironments
{
    public static IReadOnlyDictionary<string, (Dictionary<string, string> Environment, CiContext Expected)> All { get; } =
        new Dictionary<string, (Dictionary<string, string>, CiContext)>(StringComparer.Ordinal)
        {
            ["github push"] = (
                Of("""
                CI=true
                GITHUB_ACTIONS=true
                GITHUB_RUN_ID=9650001
                GITHUB_RUN_ATTEMPT=1
                GITHUB_RUN_NUMBER=42
                GITHUB_SERVER_URL=https://github.com
                GITHUB_REPOSITORY=acme/shop
                GITHUB_WORKFLOW=Build
                GITHUB_JOB=test
                GITHUB_ACTOR=alice
                GITHUB_TRIGGERING_ACTOR=alice
                GITHUB_ACTOR_ID=1001
                GITHUB_EVENT_NAME=push
                GITHUB_REF=refs/heads/feature/cart
                GITHUB_SHA=9fceb02d0ae598e95dc970b74767f19372d61af8
                GITHUB_HEAD_REF=
                GITHUB_BASE_REF=
                RUNNER_NAME=GitHub Actions 7
                """),
                new CiContext
                {
                    Platform = "github",
                    RunId = "9650001",
                    Attempt = "1",
                    Number = "42",
                    Url = "https://github.com/acme/shop/actions/runs/9650001/attempts/1",
                    JobName = "test",
                    Pipeline = "Build",
                    Project = "acme/shop",
                    WorkerName = "GitHub Actions 7",
                    Actor = new CiActor("alice", null, "1001"),
                    Repository = "acme/shop",
                    RepositoryUrl = "https://github.com/acme/shop",
                    Branch = "feature/cart",
                    Commit = Commit,
                    Event = "push",
                }),
            ["github tag, repeated by another person"] = (
                Of("""
                GITHUB_ACTIONS=true
                GITHUB_RUN_ID=9650001
                GITHUB_RUN_ATTEMPT=3
                GITHUB_SERVER_URL=https://github.example.com
                GITHUB_REPOSITORY=acme/shop
                GITHUB_ACTOR=alice
                GITHUB_TRIGGERING_ACTOR=bob
                GITHUB_ACTOR_ID=1001
                GITHUB_REF=refs/tags/v1.2.3
                GITHUB_SHA=9fceb02d0ae598e95dc970b74767f19372d61af8
                JOB_CHECK_RUN_ID=4801234
                """),
                new CiContext
                {
                    Platform = "github",
                    RunId = "9650001",
                    Attempt = "3",
                    Url = "https://github.example.com/acme/shop/actions/runs/9650001/attempts/3",
                    JobId = "4801234",
                    JobUrl = "https://github.example.com/acme/shop/actions/runs/9650001/job/4801234",
                    Project = "acme/shop",
                    Actor = new CiActor("bob"),
                    Repository = "acme/shop",
                    RepositoryUrl = "https://github.example.com/acme/shop",
                    Tag = "v1.2.3",
                    Commit = Commit,
                }),
            ["gitlab merge request"] = (
                Of("""
                CI=true
                GITLAB_CI=true
                CI_PIPELINE_ID=1001
                CI_PIPELINE_IID=17
                CI_PIPELINE_URL=https://gitlab.com/acme/web/shop/-/pipelines/1001
                CI_PIPELINE_SOURCE=merge_request_event
                CI_JOB_ID=5005
                CI_JOB_NAME=review
                CI_JOB_URL=https://gitlab.com/acme/web/shop/-/jobs/5005
                CI_CONFIG_PATH=.gitlab-ci.yml
                CI_PROJECT_PATH=acme/web/shop
                CI_PROJECT_ID=77
                CI_PROJECT_URL=https://gitlab.com/acme/web/shop
                CI_REPOSITORY_URL=https://gitlab-ci-token:64_secret@gitlab.com/acme/web/shop.git
                CI_RUNNER_ID=12
                GITLAB_USER_LOGIN=alice
                GITLAB_USER_NAME=Alice Doe
                GITLAB_USER_ID=1001
                CI_COMMIT_REF_NAME=feature/cart
                CI_COMMIT_SHA=1111111111111111111111111111111111111111
                CI_MERGE_REQUEST_IID=8
                CI_MERGE_REQUEST_SOURCE_BRANCH_NAME=feature/cart
                CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main
                CI_MERGE_REQUEST_SOURCE_BRANCH_SHA=9fceb02d0ae598e95dc970b74767f19372d61af8
                """),
                new CiContext
                {
                    Platform = "gitlab",
                    RunId = "1001",
                    Number = "17",
                    Url = "https://gitlab.com/acme/web/shop/-/pipelines/1001",
                    JobId = "5005",
                    JobName = "review",
                    JobUrl = "https://gitlab.com/acme/web/shop/-/jobs/5005",
                    Pipeline = ".gitlab-ci.yml",
                    Project = "acme/web/shop",
                    WorkerName = "12",
                    Actor = new CiActor("alice", "Alice Doe", "1001"),
                    Repository = "acme/web/shop",
                    RepositoryUrl = "https://gitlab.com/acme/web/shop",
                    Branch = "feature/cart",
                    Commit = Commit,
                    PullRequest = "8",
                    BaseBranch = "main",
                    Event = "merge_request_event",
                }),
            ["gitlab tag, address only with its token"] = (
                Of("""
                GITLAB_CI=true
                CI_PIPELINE_ID=1001
                CI_PROJECT_PATH=acme/shop
                CI_REPOSITORY_URL=https://gitlab-ci-token:64_secret@gitlab.com/acme/shop.git
                GITLAB_USER_LOGIN=alice
                CI_COMMIT_REF_NAME=v1.2.3
                CI_COMMIT_TAG=v1.2.3
                CI_COMMIT_SHA=9fceb02d0ae598e95dc970b74767f19372d61af8
                """),
                new CiContext
                {
                    Platform = "gitlab",
                    RunId = "1001",
                    Project = "acme/shop",
                    Actor = new CiActor("alice"),
                    Repository = "acme/shop",
                    RepositoryUrl = "https://gitlab.com/acme/shop",
                    Tag = "v1.2.3",
                    Commit = Commit,
                }),
            ["jenkins multibranch"] = (
                Of("""
                JENKINS_URL=https://jenkins.example.com/
                BUILD_TAG=jenkins-shop-feature%2Fcart-12
                BUILD_NUMBER=12
                BUILD_URL=https://jenkins.example.com/job/shop/job/feature%252Fcart/12/
                JOB_NAME=shop/feature%2Fcart
                BRANCH_NAME=feature/cart
                STAGE_NAME=Test
                NODE_NAME=agent-3
                BUILD_USER_ID=alice
                BUILD_USER=Alice Doe
                GIT_BRANCH=origin/feature/cart
                GIT_COMMIT=9fceb02d0ae598e95dc970b74767f19372d61af8
                GIT_URL=https://bot:s3cr3t@git.example.com/acme/shop.git
                """),
                new CiContext
                {
                    Platform = "jenkins",
                    RunId = "jenkins-shop-feature%2Fcart-12",
                    Number = "12",
                    Url = "https://jenkins.example.com/job/shop/job/feature%252Fcart/12/",
                    JobName = "Test",
                    Pipeline = "shop",
                    Project = "shop/feature%2Fcart",
                    WorkerName = "agent-3",
                    Actor = new CiActor("alice", "Alice Doe"),
                    Repository = "acme/shop",
                    RepositoryUrl = "https://git.example.com/acme/shop",
                    Branch = "feature/cart",
                    Commit = Commit,
                }),
            ["jenkins pull request"] = (
                Of("""
                JENKINS_URL=https://jenkins.example.com/
                BUILD_NUMBER=3
                JOB_NAME=shop/PR-8
                BRANCH_NAME=PR-8
                CHANGE_ID=8
                CHANGE_BRANCH=feature/cart
                CHANGE_TARGET=main
                CHANGE_AUTHOR=bob
                CHANGE_AUTHOR_DISPLAY_NAME=Bob
                GIT_COMMIT=9fceb02d0ae598e95dc970b74767f19372d61af8
                GIT_URL_1=git@git.example.com:acme/shop.git
                """),
                new CiContext
                {
                    Platform = "jenkins",
                    RunId = "shop/PR-8-3",
                    Number = "3",
                    Pipeline = "shop",
                    Project = "shop/PR-8",
                    Actor = new CiActor("bob", "Bob"),
                    Repository = "acme/shop",
                    RepositoryUrl = "git@git.example.com:acme/shop.git",
                    Branch = "feature/cart",
                    Commit = Commit,
                    PullRequest = "8",
                    BaseBranch = "main",
                    Event = "pull_request",
                }),
        };
}
