using Signalbox.Server.App;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Server.Tests.App;

public sealed class ReferenceTests
{
    private const string Introduction =
        """
        # Configuration

        Every key can stand in the file (`signalbox.yaml`, `--config FILE`), in the environment (`metrics.retention` is `SIGNALBOX_METRICS__RETENTION`) and on
        the command line (`--set metrics.retention=30d`; the most used have a flag of their own). A structure is written as YAML there,
        for example `--set 'identity.jwt.role_map={sre: admin}'`. Flags win over environment, environment over file.
        `signalbox config check` reports everything that is wrong at once; the server exits with 78 rather than start with it.
        This page is what `signalbox config keys` prints.


        """;

    [Fact]
    public void TheReferenceOfKeysIsUpToDate() => Golden.Matches("docs/configuration.md", Introduction + ConfigCommand.Reference());
}
