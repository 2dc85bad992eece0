using Signalbox.Runner.Facts;
using static Signalbox.Runner.Tests.Platforms.PlatformEnvironments;

namespace Signalbox.Runner.Tests.Platforms;

/// <summary>Jobs of the platforms that only build, and a plain shell.</summary>
internal static class CiServiceEnvironments
{
    public static IReadOnlyDictionary<string, (Dictionary<string, string> Environment, CiContext Expected)> All { get; } =
        new Dictionary<string, (Dictionary<string, string>, CiContext)>(StringComparer.Ordinal)
        {
            ["azure pull request"] = (
                Of("""
                TF_BUILD=True
                BUILD_BUILDID=501
                BUILD_BUILDNUMBER=20260124.3
                BUILD_DEFINITIONNAME=shop-ci
                BUILD_REASON=PullRequest
                BUILD_REQUESTEDFOR=Alice Doe
                BUILD_REQUESTEDFORID=7e1c3ad0-0000-0000-0000-000000000001
                BUILD_REQUESTEDFOREMAIL=alice@example.com
                BUILD_REPOSITORY_NAME=acme/shop
                BUILD_REPOSITORY_URI=https://acme@dev.azure.com/acme/web/_git/shop
                BUILD_SOURCEBRANCH=refs/pull/8/merge
                BUILD_SOURCEVERSION=1111111111111111111111111111111111111111
                SYSTEM_COLLECTIONURI=https://dev.azure.com/acme/
                SYSTEM_TEAMPROJECTID=proj-1
                SYSTEM_JOBID=job-9
                SYSTEM_JOBDISPLAYNAME=Test
                SYSTEM_STAGEATTEMPT=2
                SYSTEM_PULLREQUEST_SOURCEBRANCH=refs/heads/feature/cart
                SYSTEM_PULLREQUEST_TARGETBRANCH=refs/heads/main
                SYSTEM_PULLREQUEST_SOURCECOMMITID=9fceb02d0ae598e95dc970b74767f19372d61af8
                SYSTEM_PULLREQUEST_PULLREQUESTID=8
                AGENT_NAME=Hosted Agent
                """),
                new CiContext
                {
                    Platform = "azure",
                    RunId = "501",
                    Attempt = "2",
                    Number = "20260124.3",
                    Url = "https://dev.azure.com/acme/proj-1/_build/results?buildId=501",
                    JobId = "job-9",
                    JobName = "Test",
                    JobUrl = "https://dev.azure.com/acme/proj-1/_build/results?buildId=501&view=logs&j=job-9",
                    Pipeline = "shop-ci",
                    Project = "proj-1",
                    WorkerName = "Hosted Agent",
                    Actor = new CiActor("alice@example.com", "Alice Doe", "7e1c3ad0-0000-0000-0000-000000000001"),
                    Repository = "acme/shop",
                    RepositoryUrl = "https://dev.azure.com/acme/web/_git/shop",
                    Branch = "feature/cart",
                    Commit = Commit,
                    PullRequest = "8",
                    BaseBranch = "main",
                    Event = "PullRequest",
                }),
            ["buildkite pull request"] = (
                Of("""
                BUILDKITE=true
                BUILDKITE_BUILD_ID=4735ba57-80d0-46e2-8fa0-b28223a86586
                BUILDKITE_BUILD_NUMBER=1514
                BUILDKITE_BUILD_URL=https://buildkite.com/acme/shop/builds/1514
                BUILDKITE_JOB_ID=e44f9784-e20e-4b93-a21d-f41fd5869db9
                BUILDKITE_LABEL=:hammer: Specs
                BUILDKITE_PIPELINE_SLUG=shop
                BUILDKITE_ORGANIZATION_SLUG=acme
                BUILDKITE_AGENT_NAME=agent-1
                BUILDKITE_BUILD_CREATOR=Alice Doe
                BUILDKITE_BUILD_CREATOR_EMAIL=alice@example.com
                BUILDKITE_REPO=git@github.com:acme/shop.git
                BUILDKITE_BRANCH=feature/cart
                BUILDKITE_TAG=
                BUILDKITE_COMMIT=9fceb02d0ae598e95dc970b74767f19372d61af8
                BUILDKITE_PULL_REQUEST=8
                BUILDKITE_PULL_REQUEST_BASE_BRANCH=main
                BUILDKITE_SOURCE=webhook
                """),
                new CiContext
                {
                    Platform = "buildkite",
                    RunId = "4735ba57-80d0-46e2-8fa0-b28223a86586",
                    Number = "1514",
                    Url = "https://buildkite.com/acme/shop/builds/1514",
                    JobId = "e44f9784-e20e-4b93-a21d-f41fd5869db9",
                    JobName = ":hammer: Specs",
                    JobUrl = "https://buildkite.com/acme/shop/builds/1514#e44f9784-e20e-4b93-a21d-f41fd5869db9",
                    Pipeline = "shop",
                    Project = "acme/shop",
                    WorkerName = "agent-1",
                    Actor = new CiActor("alice@example.com", "Alice Doe"),
                    Repository = "acme/shop",
                    RepositoryUrl = "git@github.com:acme/shop.git",
                    Branch = "feature/cart",
                    Commit = Commit,
                    PullRequest = "8",
                    BaseBranch = "main",
                    Event = "webhook",
                }),
            ["buildkite started by hand"] = (
                Of("""
                BUILDKITE=true
                BUILDKITE_BUILD_ID=4735ba57-80d0-46e2-8fa0-b28223a86586
                BUILDKITE_PIPELINE_SLUG=shop
                BUILDKITE_BUILD_CREATOR=Alice Doe
                BUILDKITE_BRANCH=main
                BUILDKITE_COMMIT=HEAD
                BUILDKITE_PULL_REQUEST=false
                BUILDKITE_PULL_REQUEST_BASE_BRANCH=
                """),
                new CiContext
                {
                    Platform = "buildkite",
                    RunId = "4735ba57-80d0-46e2-8fa0-b28223a86586",
                    Pipeline = "shop",
                    Project = "shop",
                    Actor = new CiActor("Alice Doe", "Alice Doe"),
                    Branch = "main",
                }),
            ["circleci"] = (
                Of("""
                CIRCLECI=true
                CIRCLE_WORKFLOW_ID=7f8e1d2c-1111-2222-3333-444455556666
                CIRCLE_WORKFLOW_JOB_ID=aaaa1d2c-1111-2222-3333-444455556666
                CIRCLE_BUILD_NUM=222
                CIRCLE_BUILD_URL=https://circleci.com/gh/acme/shop/222
                CIRCLE_JOB=test
                CIRCLE_PROJECT_USERNAME=acme
                CIRCLE_PROJECT_REPONAME=shop
                CIRCLE_REPOSITORY_URL=git@github.com:acme/shop.git
                CIRCLE_USERNAME=alice
                CIRCLE_BRANCH=feature/cart
                CIRCLE_SHA1=9fceb02d0ae598e95dc970b74767f19372d61af8
                CIRCLE_PULL_REQUEST=https://github.com/acme/shop/pull/8
                """),
                new CiContext
                {
                    Platform = "circleci",
                    RunId = "7f8e1d2c-1111-2222-3333-444455556666",
                    Number = "222",
                    Url = "https://app.circleci.com/pipelines/workflows/7f8e1d2c-1111-2222-3333-444455556666",
                    JobId = "aaaa1d2c-1111-2222-3333-444455556666",
                    JobName = "test",
                    JobUrl = "https://circleci.com/gh/acme/shop/222",
                    Pipeline = "shop",
                    Project = "acme/shop",
                    Actor = new CiActor("alice"),
                    Repository = "acme/shop",
                    RepositoryUrl = "git@github.com:acme/shop.git",
                    Branch = "feature/cart",
                    Commit = Commit,
                    PullRequest = "8",
                }),
            ["bitbucket pull request"] = (
                Of("""
                CI=true
                BITBUCKET_BUILD_NUMBER=90
                BITBUCKET_PIPELINE_UUID={1c9b0c9e-7e2c-4d3b-9f10-111122223333}
                BITBUCKET_STEP_UUID={2c9b0c9e-7e2c-4d3b-9f10-111122223333}
                BITBUCKET_STEP_TRIGGERER_UUID={3c9b0c9e-7e2c-4d3b-9f10-111122223333}
                BITBUCKET_REPO_FULL_NAME=acme/shop
                BITBUCKET_GIT_HTTP_ORIGIN=http://bitbucket.org/acme/shop
                BITBUCKET_BRANCH=feature/cart
                BITBUCKET_COMMIT=9fceb02d0ae598e95dc970b74767f19372d61af8
                BITBUCKET_PR_ID=8
                BITBUCKET_PR_DESTINATION_BRANCH=main
                """),
                new CiContext
                {
                    Platform = "bitbucket",
                    RunId = "1c9b0c9e-7e2c-4d3b-9f10-111122223333",
                    Number = "90",
                    Url = "https://bitbucket.org/acme/shop/pipelines/results/90",
                    JobId = "2c9b0c9e-7e2c-4d3b-9f10-111122223333",
                    JobUrl = "https://bitbucket.org/acme/shop/pipelines/results/90/steps/%7B2c9b0c9e-7e2c-4d3b-9f10-111122223333%7D",
                    Project = "acme/shop",
                    Actor = new CiActor("3c9b0c9e-7e2c-4d3b-9f10-111122223333"),
                    Repository = "acme/shop",
                    RepositoryUrl = "http://bitbucket.org/acme/shop",
                    Branch = "feature/cart",
                    Commit = Commit,
                    PullRequest = "8",
                    BaseBranch = "main",
                    Event = "pull_request",
                }),
            ["drone pull request"] = (
                Of("""
                CI=true
                DRONE=true
                DRONE_BUILD_NUMBER=42
                DRONE_BUILD_LINK=https://drone.example.com/acme/shop/42
                DRONE_BUILD_EVENT=pull_request
                DRONE_BUILD_TRIGGER=@hook
                DRONE_STAGE_NAME=default
                DRONE_STAGE_NUMBER=1
                DRONE_STAGE_MACHINE=runner-2
                DRONE_STEP_NAME=test
                DRONE_STEP_NUMBER=3
                DRONE_REPO=acme/shop
                DRONE_REPO_LINK=https://github.com/acme/shop
                DRONE_COMMIT_AUTHOR=alice
                DRONE_COMMIT_AUTHOR_NAME=Alice Doe
                DRONE_BRANCH=main
                DRONE_SOURCE_BRANCH=feature/cart
                DRONE_TARGET_BRANCH=main
                DRONE_COMMIT_SHA=9fceb02d0ae598e95dc970b74767f19372d61af8
                DRONE_PULL_REQUEST=8
                """),
                new CiContext
                {
                    Platform = "drone",
                    RunId = "42",
                    Number = "42",
                    Url = "https://drone.example.com/acme/shop/42",
                    JobId = "1/3",
                    JobName = "test",
                    Pipeline = "default",
                    Project = "acme/shop",
                    WorkerName = "runner-2",
                    Actor = new CiActor("alice", "Alice Doe"),
                    Repository = "acme/shop",
                    RepositoryUrl = "https://github.com/acme/shop",
                    Branch = "feature/cart",
                    Commit = Commit,
                    PullRequest = "8",
                    BaseBranch = "main",
                    Event = "pull_request",
                }),
            ["teamcity without its files"] = (
                Of("""
                TEAMCITY_VERSION=2024.12 (build 174331)
                TEAMCITY_PROJECT_NAME=Shop
                TEAMCITY_BUILDCONF_NAME=Test
                BUILD_NUMBER=77
                BUILD_URL=https://teamcity.example.com/build/4711
                BUILD_VCS_NUMBER=9fceb02d0ae598e95dc970b74767f19372d61af8
                """),
                new CiContext
                {
                    Platform = "teamcity",
                    RunId = "77",
                    Number = "77",
                    Url = "https://teamcity.example.com/build/4711",
                    JobName = "Test",
                    Pipeline = "Test",
                    Project = "Shop/Test",
                    Commit = Commit,
                }),
            ["travis pull request"] = (
                Of("""
                CI=true
                TRAVIS=true
                TRAVIS_BUILD_ID=3001
                TRAVIS_BUILD_NUMBER=55
                TRAVIS_BUILD_WEB_URL=https://app.travis-ci.com/acme/shop/builds/3001
                TRAVIS_JOB_ID=3002
                TRAVIS_JOB_NAME=unit
                TRAVIS_JOB_WEB_URL=https://app.travis-ci.com/acme/shop/jobs/3002
                TRAVIS_REPO_SLUG=acme/shop
                TRAVIS_BRANCH=main
                TRAVIS_PULL_REQUEST=8
                TRAVIS_PULL_REQUEST_BRANCH=feature/cart
                TRAVIS_PULL_REQUEST_SHA=9fceb02d0ae598e95dc970b74767f19372d61af8
                TRAVIS_COMMIT=1111111111111111111111111111111111111111
                TRAVIS_EVENT_TYPE=pull_request
                """),
                new CiContext
                {
                    Platform = "travis",
                    RunId = "3001",
                    Number = "55",
                    Url = "https://app.travis-ci.com/acme/shop/builds/3001",
                    JobId = "3002",
                    JobName = "unit",
                    JobUrl = "https://app.travis-ci.com/acme/shop/jobs/3002",
                    Project = "acme/shop",
                    Repository = "acme/shop",
                    Branch = "feature/cart",
                    Commit = Commit,
                    PullRequest = "8",
                    BaseBranch = "main",
                    Event = "pull_request",
                }),
            ["travis push"] = (
                Of("""
                TRAVIS=true
                TRAVIS_BUILD_ID=3001
                TRAVIS_REPO_SLUG=acme/shop
                TRAVIS_BRANCH=main
                TRAVIS_PULL_REQUEST=false
                TRAVIS_COMMIT=1111111111111111111111111111111111111111
                TRAVIS_EVENT_TYPE=push
                """),
                new CiContext { Platform = "travis", RunId = "3001", Project = "acme/shop", Repository = "acme/shop", Branch = "main", Commit = "1111111111111111111111111111111111111111", Event = "push" }),
            ["plain shell"] = (Of("USER=carol"), new CiContext { Platform = "shell", Actor = new CiActor("carol") }),
        };
}
