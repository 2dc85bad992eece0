using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Auditing.Tools;

/// <summary>Names things of the code platform: <c>owner/repo</c>, <c>owner/repo#42</c>, <c>owner/repo@branch</c>.</summary>
/// <param name="ci">Where a call does not say which repository, it is the one that the run belongs to.</param>
internal sealed class PlatformNames(CiContext ci)
{
    public string Repository(string? repository) => repository is { Length: > 0 } ? Plain(repository) : ci.Repository ?? "(this repository)";

    public string Repository(string? owner, string? name) => name is null ? Repository(owner) : owner is null ? Repository(name) : $"{owner}/{name}";

    /// <param name="number">A number, or a reference that is shown as it is; null for the one of the current branch.</param>
    public static string Numbered(string repository, string? number, char mark = '#') => number is { Length: > 0 } ? $"{repository}{mark}{number.TrimStart('#', '!')}" : repository;

    public static string Branch(string repository, string? branch) => branch is { Length: > 0 } ? $"{repository}@{branch}" : repository;

    /// <summary>The last two parts of a repository's address, without its credentials.</summary>
    private static string Plain(string repository)
    {
        if (!repository.Contains("://", StringComparison.Ordinal) && !repository.Contains('@', StringComparison.Ordinal))
        {
            return repository;
        }

        var text = repository.EndsWith(".git", StringComparison.Ordinal) ? repository[..^4] : repository;
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        text = scheme >= 0 ? text[(scheme + 3)..] : text.Replace(':', '/');
        var path = text[(text.IndexOf('/', StringComparison.Ordinal) + 1)..];
        return path.Length > 0 ? path.Trim('/') : repository;
    }
}
