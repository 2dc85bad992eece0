using Signalbox.Settings;
using Xunit;

namespace Signalbox.Settings.Tests;

public sealed class SettingsReaderTests
{
    private static readonly Dictionary<string, string> Nothing = new(StringComparer.Ordinal);

    [Fact]
    public void FlagsWinOverEnvironmentOverFileOverDefault()
    {
        var file = SettingsFile.Parse("a: file\nb: file\nc: file\n", "signalbox.yaml");
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["SIGNALBOX_A"] = "environment", ["SIGNALBOX_B"] = "environment" };
        var flags = new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = "flag" };
        var reader = new SettingsReader(new SettingsSources(flags, environment, file));

        string[] values = [reader.Text("a", "default", "-"), reader.Text("b", "default", "-"), reader.Text("c", "default", "-"), reader.Text("d", "default", "-")];

        reader.Finish();
        Assert.Equal(["flag", "environment", "file", "default"], values);
    }

    [Fact]
    public void EveryErrorIsReportedAtOnceWithKeyValueAllowedAndPlace()
    {
        var file = SettingsFile.Parse("metrics:\n  retention: 15x\n  quota: [1]\n  typo_of_retention: 1\nswitch: maybe\n", "signalbox.yaml");
        var reader = new SettingsReader(new SettingsSources(Nothing, Nothing, file));
        reader.Duration("metrics.retention", TimeSpan.FromDays(15), TimeSpan.FromHours(1), TimeSpan.FromDays(3650), "-");
        reader.Bytes("metrics.quota", 1 << 30, 1 << 20, 1L << 50, "-");
        reader.Switch("switch", true, "-");

        var exception = Assert.Throws<SettingsException>(reader.Finish);

        Assert.Equal(
            [
                "signalbox.yaml:2:14: metrics.retention: '15x' is not allowed; write a duration from 1h to 3650d, for example 15d.",
                "signalbox.yaml:3:10: metrics.quota: A single value belongs here, not a list.",
                "signalbox.yaml:5:9: switch: 'maybe' is not allowed; write true or false.",
                "signalbox.yaml:4:3: metrics.typo_of_retention: This key is unknown.",
            ],
            exception.Errors.Select(error => error.ToString()).ToArray());
    }

    [Theory]
    [InlineData("metrics: 5\n", "signalbox.yaml:1:10: metrics: A mapping belongs here, not a single value.")]
    [InlineData("metrics: [retention]\n", "signalbox.yaml:1:10: metrics: A mapping belongs here, not a list.")]
    public void ASectionThatIsNoMappingIsNoUnknownKey(string text, string message)
    {
        var reader = new SettingsReader(new SettingsSources(Nothing, Nothing, SettingsFile.Parse(text, "signalbox.yaml")));
        reader.Text("metrics.retention", "15d", "-");

        Assert.Equal(message, Assert.Single(Assert.Throws<SettingsException>(reader.Finish).Errors).ToString());
    }

    [Fact]
    public void WhatTwoReadersFindIsReportedOnce()
    {
        var reader = new SettingsReader(new SettingsSources(Nothing, Nothing, null));
        reader.Fail("a", "It is wrong.");
        reader.Fail("a", "It is wrong.");

        Assert.Single(Assert.Throws<SettingsException>(reader.Finish).Errors);
    }

    [Fact]
    public void AnUnknownKeyNamesTheOneThatWasProbablyMeant()
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["SIGNALBOX_METRICS__RETENTON"] = "1d" };
        var reader = new SettingsReader(new SettingsSources(Nothing, environment, null));
        reader.Text("metrics.retention", "15d", "-");

        var error = Assert.Single(Assert.Throws<SettingsException>(reader.Finish).Errors);

        Assert.Equal("environment SIGNALBOX_METRICS__RETENTON: metrics.retenton: This key is unknown. Did you mean metrics.retention?", error.ToString());
    }

    [Fact]
    public void AFlagForAnUnknownKeyIsRefused()
    {
        var reader = new SettingsReader(new SettingsSources(new Dictionary<string, string>(StringComparer.Ordinal) { ["nonsense"] = "1" }, Nothing, null));

        Assert.Equal("nonsense", Assert.Single(Assert.Throws<SettingsException>(reader.Finish).Errors).Key);
    }

    [Theory]
    [InlineData("SIGNALBOX_SERVER")]
    [InlineData("SIGNALBOX_TOKEN")]
    [InlineData("SIGNALBOX_TENANT")]
    public void TheVariablesOfTheClientAreNoKeys(string name)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { [name] = "x" };
        var reader = new SettingsReader(new SettingsSources(Nothing, environment, null));

        reader.Finish();

        Assert.Empty(reader.Errors);
    }

    [Fact]
    public void AStructureOutsideTheFileIsReadAsYaml()
    {
        var file = SettingsFile.Parse("roles: {file: 1}\n", "signalbox.yaml");
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["SIGNALBOX_ROLES"] = "{sre: admin}", ["SIGNALBOX_BAD"] = "{sre" };
        var reader = new SettingsReader(new SettingsSources(Nothing, environment, file));

        var roles = Assert.IsType<MapNode>(reader.Structure("roles", "-"));
        Assert.Null(reader.Structure("bad", "-"));

        Assert.Equal("admin", Assert.IsType<ScalarNode>(roles.Find("sre")).Text);
        Assert.Equal("environment SIGNALBOX_ROLES:1:1", roles.Place);
        Assert.StartsWith("environment SIGNALBOX_BAD", Assert.Single(reader.Errors).Place, StringComparison.Ordinal);
    }
}
