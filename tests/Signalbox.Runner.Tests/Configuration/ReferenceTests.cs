using Signalbox.Runner.App;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Runner.Tests.Configuration;

public sealed class ReferenceTests
{
    private const string Introduction =
        """
        # Configuration of cicd-runner

        `cicd-runner` reads `.cicd-ai-toolkit.yaml` of the working folder or of a folder above it within the repository (or the file named by `--config` or
        `CICD_RUNNER_CONFIG`; empty means none), then the environment, then flags; flags win over environment, environment over file. Sections of the file are the parts
        before the dots: `resources.memory.limit_bytes` stands under `resources:` and `memory:`. In the environment a key is written `CICD_RUNNER_RUNS__FOLDER` for
        `runs.folder`; on the command line `--set runs.folder=FOLDER` sets any key. Durations are written as `90s`, `15m`, `1h30m`, sizes as `512MiB`, `10GiB`, and
        lists in flags and environment with commas between their texts.

        `cicd-runner config check` reports everything that is wrong with a configuration at once, each with file, line and column, and exits with 78; a run with such a
        configuration does not start. `cicd-runner config keys` prints the table below.


        """;

    [Fact]
    public void TheReferenceOfKeysIsUpToDate() => Golden.Matches("docs/runner-configuration.md", Introduction + ConfigCommand.Reference());
}
