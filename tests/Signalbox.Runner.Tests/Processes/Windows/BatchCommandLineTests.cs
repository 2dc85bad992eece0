using Signalbox.Runner.Processes.Windows;
using Xunit;

namespace Signalbox.Runner.Tests.Processes.Windows;

/// <summary>What <c>cmd.exe</c> is told; that it does what it is told was tried by hand.</summary>
public sealed class BatchCommandLineTests
{
    [Theory]
    [InlineData("plain-1.2", "plain-1.2")]
    [InlineData("", "\"\"")]
    [InlineData("two words", "\"two words\"")]
    [InlineData("a&calc", "\"a&calc\"")]
    [InlineData("\"&calc&\"", "\"\"\"&calc&\"\"\"")]
    [InlineData("a\\\"b", "\"a\\\\\"\"b\"")]
    [InlineData("C:\\x y\\", "\"C:\\x y\\\\\"")]
    [InlineData("%PATH%", "\"%%cd:~,%PATH%%cd:~,%\"")]
    public void QuotesWhatTheInterpreterWouldTakeForItself(string argument, string written) =>
        Assert.Equal($"/d /e:on /v:off /s /c \"\"C:\\my npm\\claude.cmd\" {written}\"", BatchCommandLine.Of("C:\\my npm\\claude.cmd", [argument]));

    [Theory]
    [InlineData("two\nlines")]
    [InlineData("two\rlines")]
    public void RefusesLineBreaks(string argument) => Assert.Null(BatchCommandLine.Of("x.cmd", ["-p", argument]));

    [Theory]
    [InlineData("claude.cmd", true)]
    [InlineData("BUILD.BAT", true)]
    [InlineData("node.exe", false)]
    [InlineData("cmd", false)]
    public void IsForBatchFilesAlone(string file, bool isNeeded) => Assert.Equal(isNeeded, BatchCommandLine.IsNeededFor(file));
}
