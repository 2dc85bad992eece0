using static Signalbox.Sdk.Redaction.Rules.Shape;

namespace Signalbox.Sdk.Redaction.Rules;

/// <summary>Secrets of source hosts, package registries, builds and infrastructure as code.</summary>
internal static class CodeRules
{
    public static IReadOnlyList<RedactionRule> All { get; } = [.. Hosts, .. Registries, .. Infrastructure];

    private static RedactionRule[] Hosts =>
    [
        Token("github-token", "GitHub token (personal, OAuth, user, server, refresh)", @"(?<secret>gh[pousr]_[A-Za-z0-9_]{36,})", 36, "ghp_", "gho_", "ghu_", "ghs_", "ghr_"),
        Token("github-fine-grained-token", "GitHub fine-grained personal access token", @"(?<secret>github_pat_[A-Za-z0-9_]{36,})", 36, "github_pat_"),
        Token(
            "gitlab-token",
            "GitLab token (personal, deploy, runner, job, trigger, feed, SCIM, agent, mail, feature flags)",
            @"(?<secret>gl(?:pat|oas|dt|rt|rtr|cbt|ptt|ft|soat|agent|imt|ffct|wt)-[A-Za-z0-9_.-]{20,})",
            20,
            "glpat-", "gloas-", "gldt-", "glrt-", "glrtr-", "glcbt-", "glptt-", "glft-", "glsoat-", "glagent-", "glimt-", "glffct-", "glwt-"),
        Token("gitlab-runner-registration", "GitLab runner registration token", @"(?<secret>GR1348941[A-Za-z0-9_-]{20,})", 20, "gr1348941"),
        Token("bitbucket-token", "Bitbucket app password", @"(?<secret>ATBB[A-Za-z0-9]{28,})", 28, "atbb"),
        Token("gitea-token", "Gitea token by its neighbourhood", @"(?i:gitea|forgejo)[\w .\-]{0,32}[""']?\s{0,4}[=:]?\s{0,4}[""']?(?<secret>[a-f0-9]{40})", 0, "gitea", "forgejo"),
    ];

    private static RedactionRule[] Registries =>
    [
        Token("npm-token", "npm access token", @"(?<secret>npm_[A-Za-z0-9]{36,})", 36, "npm_"),
        new()
        {
            Id = "npm-config", Description = "Credentials of an .npmrc", Pattern = @"(?:^|[:\s""])(?:_authToken|_password|_auth)\s{0,4}=\s{0,4}""?(?<secret>[^\s""]{8,})",
            Keywords = ["_auth", "_password"], Multiline = false, Filter = Plausibility.NoPlaceholder,
        },
        Token("pypi-token", "PyPI token", @"(?<secret>pypi-[A-Za-z0-9_-]{50,})", 50, "pypi-"),
        Token("nuget-key", "NuGet API key", Start + @"(?<secret>oy2[a-z0-9]{43})" + End, 43, "oy2"),
        Token("gem-push-key", "RubyGems API key", @"(?<secret>rubygems_[a-f0-9]{48,})", 48, "rubygems_"),
        Token("crates-io-token", "crates.io token", Start + @"(?<secret>cio[A-Za-z0-9]{32})" + End, 32, "cio"),
        Token("docker-hub-token", "Docker Hub token", @"(?<secret>dckr_(?:pat|oat)_[A-Za-z0-9_-]{20,})", 20, "dckr_pat_", "dckr_oat_"),
        new()
        {
            Id = "docker-auth", Description = "Credentials of a Docker config.json", Pattern = @"""auth""\s{0,4}:\s{0,4}""(?<secret>[A-Za-z0-9+/]{12,}={0,2})""",
            Keywords = ["\"auth\""], Multiline = false,
        },
        Token("jfrog-key", "JFrog key", Start + @"(?<secret>(?:AKCp[A-Za-z0-9]{60,}|cmVmdGtu[A-Za-z0-9]{50,}))", 50, "akcp", "cmvmdgtu"),
        Token("clojars-token", "Clojars token", @"(?<secret>CLOJARS_[a-z0-9]{50,})", 50, "clojars_"),
    ];

    private static RedactionRule[] Infrastructure =>
    [
        Token("vault-token", "HashiCorp Vault token", Start + @"(?<secret>hv[sbr]\.[A-Za-z0-9_-]{20,})", 20, "hvs.", "hvb.", "hvr."),
        Near("vault-token-old", "HashiCorp Vault token of older versions", "vault", @"[sbr]\.[A-Za-z0-9]{24}", "vault"),
        Token("terraform-cloud-token", "Terraform Cloud token", @"(?<secret>[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{40,})", 40, ".atlasv1."),
        Token("pulumi-token", "Pulumi access token", Start + @"(?<secret>pul-[a-f0-9]{40})", 40, "pul-"),
        Token("doppler-token", "Doppler token", Start + @"(?<secret>dp\.(?:pt|st|ct|sa|scim|audit|said)\.[A-Za-z0-9_.-]{30,})", 30, "dp.pt.", "dp.st.", "dp.ct.", "dp.sa.", "dp.scim.", "dp.audit.", "dp.said."),
        Token("onepassword-token", "1Password service account token", @"(?<secret>ops_eyJ[A-Za-z0-9+/=_-]{100,})", 100, "ops_eyj"),
        Token("buildkite-token", "Buildkite token", Start + @"(?<secret>bk(?:ua|aj|ct|at)_[a-f0-9]{40,})", 40, "bkua_", "bkaj_", "bkct_", "bkat_"),
        Token("circleci-token", "CircleCI token", @"(?<secret>CCI(?:PAT|PRJ)_[A-Za-z0-9]{10,}_[a-f0-9]{40})", 40, "ccipat_", "cciprj_"),
        Token("sonar-token", "SonarQube token", Start + @"(?<secret>sq[upa]_[a-f0-9]{40})", 40, "squ_", "sqp_", "sqa_"),
        Token("postman-key", "Postman API key", @"(?<secret>PMAK-[a-f0-9]{24}-[a-f0-9]{34})", 50, "pmak-"),
        Near("kubeadm-token", "Kubernetes bootstrap token", "kubeadm|bootstrap|discovery-token", @"[a-z0-9]{6}\.[a-z0-9]{16}", "kubeadm", "bootstrap", "discovery-token"),
        Near("kubernetes-client-key", "Client key of a kubeconfig", "client-key-data", "[A-Za-z0-9+/]{40,}={0,2}", "client-key-data"),
        Near("travis-token", "Token of a build service by its neighbourhood", "travis|codecov|coveralls|drone|appveyor|snyk", @"[A-Za-z0-9]{20,40}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "travis", "codecov", "coveralls", "drone", "appveyor", "snyk") with { MinimumEntropy = 3 },
    ];
}
