namespace Signalbox.Runner.Risk;

/// <summary>The rules of the score, by their names in the configuration and in the report.</summary>
internal static class RiskRule
{
    public const string SecretFound = "secret_found";
    public const string SecretFiles = "secret_files";
    public const string CiFiles = "ci_files";
    public const string Permissions = "permissions";
    public const string Infrastructure = "infrastructure";
    public const string Migrations = "migrations";
    public const string Dependencies = "dependencies";
    public const string TestRemoval = "test_removal";
    public const string Deletions = "deletions";
    public const string Size = "size";
    public const string Unattributed = "unattributed";
    public const string Outside = "outside";
    public const string Denied = "denied";
    public const string NotEnforced = "not_enforced";
    public const string PlatformWrites = "platform_writes";
    public const string FailedRun = "failed_run";

    /// <summary>Points of the first finding of each rule.</summary>
    public static IReadOnlyDictionary<string, int> Weights { get; } = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        [SecretFound] = 40,
        [SecretFiles] = 25,
        [CiFiles] = 20,
        [Permissions] = 20,
        [Infrastructure] = 15,
        [Migrations] = 15,
        [Dependencies] = 10,
        [TestRemoval] = 15,
        [Deletions] = 5,
        [Size] = 10,
        [Unattributed] = 10,
        [Outside] = 15,
        [Denied] = 10,
        [NotEnforced] = 15,
        [PlatformWrites] = 10,
        [FailedRun] = 10,
    };

    /// <summary>Patterns of the paths that a rule is about, for the rules that are about paths.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Paths { get; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
    {
        [SecretFiles] =
        [
            "**/.env", "**/.env.*", "**/*.pem", "**/*.key", "**/*.p12", "**/*.pfx", "**/*.jks", "**/*.keystore", "**/id_rsa*", "**/id_ed25519*", "**/id_ecdsa*", "**/.netrc", "**/.npmrc", "**/.pypirc", "**/.htpasswd",
            "**/.aws/**", "**/.ssh/**", "**/.kube/config", "**/kubeconfig", "**/credentials", "**/credentials.*", "**/secrets.*", "**/*secret*.y?ml", "**/*secret*.yml", "**/*secret*.json", "**/.vault*", "**/.docker/config.json",
        ],
        [CiFiles] =
        [
            ".github/workflows/**", ".github/actions/**", "**/action.yml", "**/action.yaml", ".gitlab-ci.yml", ".gitlab/**", "**/Jenkinsfile*", "**/azure-pipelines*.yml", ".azure-pipelines/**", ".circleci/**", ".buildkite/**",
            "bitbucket-pipelines.yml", ".drone.yml", ".drone.star", ".travis.yml", ".teamcity/**", ".woodpecker/**", ".woodpecker.yml", "appveyor.yml", ".appveyor.yml", "**/.cicd-ai-toolkit.yaml", ".pre-commit-config.yaml",
        ],
        [Permissions] =
        [
            "**/CODEOWNERS", ".github/dependabot.yml", "renovate.json", ".claude/**", ".mcp.json", ".cursor/**", "**/CLAUDE.md", "**/AGENTS.md", ".gitattributes", "**/.gitmodules", ".git/**", ".githooks/**", ".husky/**", "**/sudoers*", "**/*.rego",
            "**/rbac/**", "**/rbac*.yaml", "**/rbac*.yml", "**/iam/**", "**/*iam*.tf", "**/*policy*.json", "**/.snyk", "**/.trivyignore", "**/.gitleaks*",
        ],
        [Infrastructure] =
        [
            "**/*.tf", "**/*.tfvars", "**/*.bicep", "**/Dockerfile*", "**/*.dockerfile", "**/Containerfile*", "**/docker-compose*", "**/compose.yml", "**/compose.yaml", "k8s/**", "**/kubernetes/**", "**/helm/**", "**/charts/**", "**/ansible/**",
            "**/cloudformation/**", "**/serverless.yml", "**/Pulumi.*", "deploy/**", "infra/**", "terraform/**", "**/nginx*.conf", "**/*.service", "**/Vagrantfile",
        ],
        [Migrations] = ["**/migrations/**", "**/migration/**", "**/migrate/**", "**/alembic/**", "**/flyway/**", "**/liquibase/**", "db/**", "**/*Migration*.cs", "**/schema.sql", "**/schema.rb", "**/schema.prisma", "**/structure.sql"],
        [Dependencies] =
        [
            "**/package.json", "**/package-lock.json", "**/npm-shrinkwrap.json", "**/yarn.lock", "**/pnpm-lock.yaml", "**/bun.lock*", "**/deno.lock", "**/requirements*.txt", "**/Pipfile*", "**/pyproject.toml", "**/poetry.lock", "**/uv.lock", "**/setup.py",
            "**/go.mod", "**/go.sum", "**/Cargo.toml", "**/Cargo.lock", "**/Gemfile*", "**/*.gemspec", "**/pom.xml", "**/build.gradle*", "**/gradle.lockfile", "**/libs.versions.toml", "**/*.csproj", "**/*.fsproj", "**/Directory.Packages.props",
            "**/packages.lock.json", "**/packages.config", "**/nuget.config", "**/composer.json", "**/composer.lock", "**/mix.exs", "**/mix.lock", "**/pubspec.*", "**/Package.swift", "**/Package.resolved", "**/vcpkg.json", "**/conanfile.*", "**/flake.lock",
        ],
        [TestRemoval] =
        [
            "**/test/**", "**/tests/**", "**/__tests__/**", "**/spec/**", "**/specs/**", "**/e2e/**", "**/*_test.*", "**/test_*", "**/*.test.*", "**/*.spec.*", "**/*Test.*", "**/*Tests.*", "**/*_spec.*", "**/conftest.py",
        ],
    };
}
