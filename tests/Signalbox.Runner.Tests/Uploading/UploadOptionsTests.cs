using Signalbox.Runner.Uploading;
using Signalbox.Settings;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Runner.Tests.Uploading;

public sealed class UploadOptionsTests
{
    [Fact]
    public void TheEnvironmentNamesServerAndToken()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("token", "from-file\n");
        var options = Read([("signalbox.token_file", file)], [("SIGNALBOX_SERVER", "https://signalbox.example/prefix"), ("SIGNALBOX_TOKEN", " from-variable ")]);

        Assert.Equal(new Uri("https://signalbox.example/prefix/"), options.Server);
        Assert.Equal("from-variable", options.Token.Read());
        Assert.Equal("from-file", Read([("signalbox.token_file", file)], []).Token.Read());
        Assert.Null(Read([], []).Server);
        Assert.Null(Read([], []).Token.Read());
        Assert.Equal(new Uri("https://other/"), Read([("signalbox.url", "https://other")], [("SIGNALBOX_SERVER", "https://signalbox.example")]).Server);
    }

    [Fact]
    public void TheEnvironmentWinsOverTheFileOfACheckout()
    {
        const string File = "signalbox:\n  url: https://somebody-elses.example\n";
        var variable = ("SIGNALBOX_SERVER", "https://signalbox.example");

        Assert.Equal(new Uri("https://signalbox.example/"), Read([], [variable], File).Server);
        Assert.Equal(new Uri("https://own.example/"), Read([], [variable, ("CICD_RUNNER_SIGNALBOX__URL", "https://own.example")], File).Server);
        Assert.Equal(new Uri("https://somebody-elses.example/"), Read([], [], File).Server);
    }

    [Theory]
    [InlineData("signalbox.example")]
    [InlineData("ftp://signalbox.example")]
    [InlineData("https://me:hunter2@signalbox.example")]
    public void AnAddressThatIsNoneIsToldWithoutItsPassword(string url)
    {
        var error = Assert.Single(Assert.Throws<SettingsException>(() => Read([("signalbox.url", url)], [])).Errors).ToString();

        Assert.Contains("signalbox.url", error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error, StringComparison.Ordinal);
    }

    private static UploadOptions Read((string Key, string Value)[] flags, (string Key, string Value)[] environment, string? file = null)
    {
        var sources = new SettingsSources(
            flags.ToDictionary(static flag => flag.Key, static flag => flag.Value, StringComparer.Ordinal),
            environment.ToDictionary(static variable => variable.Key, static variable => variable.Value, StringComparer.Ordinal),
            file is null ? null : SettingsFile.Parse(file, ".cicd-ai-toolkit.yaml"));
        var settings = new SettingsReader(sources with { Prefix = "CICD_RUNNER_" });
        var options = UploadOptions.Read(settings);
        settings.Finish();
        return options;
    }
}
