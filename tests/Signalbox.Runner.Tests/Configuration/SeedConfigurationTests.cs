using Signalbox.Runner.Configuration;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Runner.Tests.Configuration;

public sealed class SeedConfigurationTests : IDisposable
{
    /// <summary>As it stands in section 3.4.5 of the specification.</summary>
    private const string Text =
        """
        # Resource Limits
        resources:
          memory:
            # Hard limit in bytes (default: 512MB)
            limit_bytes: 536870912
            # Warning threshold (0.0-1.0, default: 0.8)
            warn_threshold: 0.8
            # Enable automatic GC
            auto_gc: true
            # Sampling interval (default: 10s)
            sample_interval: "10s"

          cpu:
            # Max CPU cores to use (0 = unlimited)
            max_cores: 4

          goroutines:
            # Maximum goroutines warning threshold
            max_count: 1000
        """;

    private static readonly Dictionary<string, string> Nothing = [];
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void TheSpecificationsOwnFileIsReadAsItStands()
    {
        _folder.Write(".cicd-ai-toolkit.yaml", Text);
        var options = RunnerOptions.Read(RunnerSettings.Open(Nothing, Nothing, null, _folder.Path)).Resources;

        Assert.Equal(
            (536870912L, 0.8, true, TimeSpan.FromSeconds(10), 4.0, 1000L),
            (options.LimitBytes, options.WarnThreshold, options.AutoGc, options.SampleInterval, options.MaxCores, options.MaxGoroutines));
    }

    [Fact]
    public void ItsDefaultsAreTheRunners()
    {
        var options = RunnerOptions.Read(RunnerSettings.Open(Nothing, Nothing, null, _folder.Path)).Resources;

        Assert.Equal((536870912L, 0.8, true, TimeSpan.FromSeconds(10), 1000L), (options.LimitBytes, options.WarnThreshold, options.AutoGc, options.SampleInterval, options.MaxGoroutines));
    }

    public void Dispose() => _folder.Dispose();
}
