using Signalbox.Runner.Readings.Report;

namespace Signalbox.Runner.Reports;

/// <summary>Links to commits and files, where the platform's addresses are known.</summary>
internal sealed class SourceLinks
{
    private readonly string? _base;
    private readonly string? _commit;
    private readonly bool _isGitLab;
    private readonly bool _isBitbucket;

    public SourceLinks(CiReport ci)
    {
        if (!Uri.TryCreate(ci.RepositoryUrl, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || ci.Commit is not { } commit || !IsHash(commit))
        {
            return;
        }

        var host = address.Host;
        _isGitLab = ci.Platform == "gitlab" || host.Contains("gitlab", StringComparison.OrdinalIgnoreCase);
        _isBitbucket = ci.Platform == "bitbucket" || host.Contains("bitbucket", StringComparison.OrdinalIgnoreCase);
        if (_isGitLab || _isBitbucket || ci.Platform == "github" || host.Contains("github", StringComparison.OrdinalIgnoreCase))
        {
            var text = address.GetLeftPart(UriPartial.Path).TrimEnd('/');
            _base = text.EndsWith(".git", StringComparison.Ordinal) ? text[..^4] : text;
            _commit = commit;
        }
    }

    /// <summary>Null where it is not known.</summary>
    public string? Commit => _base is null ? null : $"{_base}{(_isGitLab ? "/-/commit/" : _isBitbucket ? "/commits/" : "/commit/")}{_commit}";

    /// <summary>The file as it was before the run; null where that is not known.</summary>
    public string? File(string path) => _base is null
        ? null
        : $"{_base}{(_isGitLab ? "/-/blob/" : _isBitbucket ? "/src/" : "/blob/")}{_commit}/{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}";

    /// <summary>A link, or the text alone without an address; only http and https become links.</summary>
    public static string Link(string text, string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0
            ? $"[{text}](<{uri.AbsoluteUri.Replace("<", "%3C", StringComparison.Ordinal).Replace(">", "%3E", StringComparison.Ordinal).Replace("|", "%7C", StringComparison.Ordinal)}>)"
            : text;

    private static bool IsHash(string text) => text.Length is >= 7 and <= 64 && text.All(char.IsAsciiHexDigit);
}
