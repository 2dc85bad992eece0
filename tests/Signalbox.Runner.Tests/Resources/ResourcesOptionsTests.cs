using Signalbox.Runner.Resources;
using Signalbox.Settings;
using Xunit;

namespace Signalbox.Runner.Tests.Resources;

/// <summary>The section <c>resources</c>.</summary>
public sealed class ResourcesOptionsTests
{
    [Fact]
    public void HasTheSeedsDefaults()
    {
        var (options, errors) = Read(string.Empty);
        Assert.Empty(errors);
        Assert.Equal(new ResourcesOptions(), options);
        Assert.Equal(
            (536_870_912, 0.8, 0.95, true, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1), 0.0, 1000),
            (options.LimitBytes, options.WarnThreshold, options.RefuseThreshold, options.AutoGc, options.SampleInterval, options.FastSampleInterval, options.MaxCores, options.MaxGoroutines));
    }

    [Theory]
    [InlineData("536870912", 536_870_912)]
    [InlineData("512MiB", 536_870_912)]
    [InlineData("2GB", 2_147_483_648)]
    [InlineData("0", 0)]
    public void TakesTheLimitInBytesAndInUnits(string text, long expected)
    {
        var (options, errors) = Read($"resources:\n  memory:\n    limit_bytes: {text}\n");
        Assert.Empty(errors);
        Assert.Equal(expected, options.LimitBytes);
    }

    [Fact]
    public void ReadsTheSeedsFile()
    {
        var (options, errors) = Read("""
            resources:
              memory:
                limit_bytes: 536870912
                warn_threshold: 0.7
                auto_gc: false
                sample_interval: "20s"
              cpu:
                max_cores: 4
              goroutines:
                max_count: 50
              cgroup: off
            """);
        Assert.Empty(errors);
        Assert.Equal(new ResourcesOptions { WarnThreshold = 0.7, AutoGc = false, SampleInterval = TimeSpan.FromSeconds(20), MaxCores = 4, MaxGoroutines = 50, UsesCgroup = false }, options);
    }

    [Fact]
    public void TakesFastSamplesAsOftenAsUsualOnesWhenThoseAreFaster()
    {
        var (options, errors) = Read("resources: {memory: {sample_interval: 500ms}}\n");
        Assert.Empty(errors);
        Assert.Equal((TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(0.5)), (options.SampleInterval, options.FastSampleInterval));
    }

    [Theory]
    [InlineData("memory: {limit_bytes: 10MiB}", "resources.memory.limit_bytes")]
    [InlineData("memory: {limit_bytes: much}", "resources.memory.limit_bytes")]
    [InlineData("memory: {warn_threshold: 80}", "resources.memory.warn_threshold")]
    [InlineData("memory: {warn_threshold: 0.9, refuse_threshold: 0.85}", "resources.memory.refuse_threshold")]
    [InlineData("memory: {sample_interval: 500ms, fast_sample_interval: 1s}", "resources.memory.fast_sample_interval")]
    [InlineData("memory: {sample_interval: 10}", "resources.memory.sample_interval")]
    [InlineData("memory: {measure: guess}", "resources.memory.measure")]
    [InlineData("cpu: {max_cores: -1}", "resources.cpu.max_cores")]
    [InlineData("goroutines: {max_count: 0}", "resources.goroutines.max_count")]
    [InlineData("cgroup: maybe", "resources.cgroup")]
    public void SaysWhatDoesNotHold(string section, string key)
    {
        var (_, errors) = Read("resources: {" + section + "}\n");
        Assert.Equal(key, Assert.Single(errors).Key);
    }

    private static (ResourcesOptions Options, IReadOnlyList<SettingsError> Errors) Read(string yaml)
    {
        var file = yaml.Length == 0 ? null : SettingsFile.ParseAny(yaml, "test.yaml") as MapNode;
        var settings = new SettingsReader(new SettingsSources(new Dictionary<string, string>(), new Dictionary<string, string>(), file) { Prefix = "CICD_RUNNER_" });
        return (ResourcesOptions.Read(settings), settings.Errors);
    }
}
