using System.Text;
using Signalbox.Settings;
using Xunit;

namespace Signalbox.Settings.Tests;

public sealed class SettingsFileTests
{
    [Theory]
    [InlineData("a: 1\na: 2\n", "signalbox.yaml:2:1")]
    [InlineData("a: [1, 2\n", "signalbox.yaml:2:1")]
    [InlineData("- a\n- b\n", "signalbox.yaml:1:1")]
    [InlineData("just text\n", "signalbox.yaml:1:1")]
    [InlineData("a:\n  b: 1\nc:\n\td: 2\n", "signalbox.yaml:4:1")]
    [InlineData("a:\n  b: 1 # x\ty\nc:\n\td: 2\n", "signalbox.yaml:4:1")]
    [InlineData("a: 1\nb: 2\0\nc: 3\n", "signalbox.yaml:2:5")]
    public void WhatIsNotOneMappingIsRefusedAtItsPlace(string text, string place)
    {
        var exception = Assert.Throws<SettingsException>(() => SettingsFile.Parse(text, "signalbox.yaml"));

        Assert.Equal(place, Assert.Single(exception.Errors).Place);
    }

    [Theory]
    [InlineData("a: caf", "signalbox.yaml:1:7")]
    [InlineData("# é\nb: 1\nname: ü", "signalbox.yaml:3:8")]
    [InlineData("", "signalbox.yaml:1:1")]
    public void BytesThatAreNoTextAreRefusedAtTheirPlace(string before, string place)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, [.. Encoding.UTF8.GetBytes(before), 0xE9, (byte)'\n']);

            Assert.Equal(place, Assert.Single(Assert.Throws<SettingsException>(() => SettingsFile.ReadAll(file, "signalbox.yaml")).Errors).Place);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void WhatHasNoEndIsNotReadToItsEnd()
    {
        if (!File.Exists("/dev/zero"))
        {
            Assert.Skip("There is no device here that gives without end.");
        }

        Assert.Contains("more than 4194304 bytes", Assert.Single(Assert.Throws<SettingsException>(() => SettingsFile.Read("/dev/zero")).Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnEmptyFileIsAnEmptyMapping() => Assert.Empty(SettingsFile.Parse("# nothing set\n", "signalbox.yaml").Entries);

    [Fact]
    public void DeepNestingIsRefusedBeforeItExhaustsTheStack()
    {
        var text = "a: " + new string('[', 100_000);

        Assert.Throws<SettingsException>(() => SettingsFile.Parse(text, "signalbox.yaml"));
    }

    [Fact]
    public void AliasesThatMultiplyAreRefused()
    {
        var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var level = 1; level < 9; level++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"a{level}: &a{level} [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 10))}]\n");
        }

        var exception = Assert.Throws<SettingsException>(() => SettingsFile.Parse(text.ToString(), "signalbox.yaml"));
        Assert.Contains("More than", Assert.Single(exception.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RandomTextIsReadOrRefusedButNeverCrashes()
    {
        var random = new Random(20261122);
        const string Alphabet = "abc:{}[]-&*!|>'\"%@`#,?\n \t0\\é\u0000";
        for (var round = 0; round < 3000; round++)
        {
            var text = new string(Enumerable.Range(0, random.Next(60)).Select(_ => Alphabet[random.Next(Alphabet.Length)]).ToArray());
            try
            {
                Assert.NotNull(SettingsFile.Parse(text, "fuzz.yaml"));
            }
            catch (SettingsException exception)
            {
                Assert.NotEmpty(exception.Errors);
            }
        }
    }
}
