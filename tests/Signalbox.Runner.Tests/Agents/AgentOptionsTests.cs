using Signalbox.Runner.Agents;
using Signalbox.Settings;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Runner.Tests.Agents;

public sealed class AgentOptionsTests
{
    [Fact]
    public void HasTheDefaultsOfTheReference()
    {
        var (options, errors) = Read(string.Empty);

        Assert.Empty(errors);
        Assert.Equal(("auto", true, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(30), 64L << 20), (options.Kind, options.Hook, options.HangAfterResult, options.StallTimeout, options.MaxLineBytes));
        Assert.Null(options.Mapping);
    }

    [Fact]
    public void ReadsAMappingBesideTheFile()
    {
        using var folder = new TemporaryFolder();
        folder.Write("mine.yaml", "{name: mine, events: [{when: {$.type: a}, ignore: true}]}");

        var (options, errors) = Read("agent: {kind: mine, mapping: mine.yaml, hang_after_result: 0, stall_timeout: 5m}", folder);

        Assert.Empty(errors);
        Assert.Equal("mine", options.Mapping!.Name);
        Assert.Equal((TimeSpan.Zero, TimeSpan.FromMinutes(5)), (options.HangAfterResult, options.StallTimeout));
    }

    [Theory]
    [InlineData("agent: {kind: gpt}", "There is no agent 'gpt'")]
    [InlineData("agent: {mapping: absent.yaml}", "cannot be read")]
    [InlineData("agent: {mapping: wrong.yaml}", "wrong.yaml:1:2: nam: This key is unknown")]
    [InlineData("agent: {max_line_bytes: 1KiB}", "1KiB")]
    public void TellsWhatIsWrong(string yaml, string message)
    {
        using var folder = new TemporaryFolder();
        folder.Write("wrong.yaml", "{nam: mine, events: [{when: {$.type: a}, ignore: true}]}");

        var (_, errors) = Read(yaml, folder);

        Assert.Contains(errors, error => error.ToString().Contains(message, StringComparison.Ordinal));
    }

    private static (AgentOptions Options, IReadOnlyList<SettingsError> Errors) Read(string yaml, TemporaryFolder? folder = null)
    {
        var file = SettingsFile.Parse(yaml, folder?.File("settings.yaml") ?? "settings.yaml");
        var settings = new SettingsReader(new SettingsSources(new Dictionary<string, string>(), new Dictionary<string, string>(), file));
        return (AgentOptions.Read(settings), settings.Errors);
    }
}
