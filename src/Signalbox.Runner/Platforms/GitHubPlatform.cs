using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Platforms;

/// <summary>GitHub Actions.</summary>
/// <remarks>Source: https://docs.github.com/en/actions/reference/workflows-and-actions/variables</remarks>
internal sealed class GitHubPlatform : ICiPlatform
{
    public const string PlatformName = "github";

    public string Name => PlatformName;

    public bool IsHere(CiVariables variables) => variables.IsOn("GITHUB_ACTIONS");

    public CiContext Read(CiVariables variables) => new() { Platform = Name, RunId = variables["GITHUB_RUN_ID"], Attempt = variables["GITHUB_RUN_ATTEMPT"] };
}
