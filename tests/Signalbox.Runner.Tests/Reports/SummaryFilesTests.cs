using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Signalbox.Runner.Reports;
using Signalbox.Runner.Tests.Metrics;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Runner.Tests.Reports;

public sealed class SummaryFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheFileIsReplacedAndTheStepsPageIsAppendedTo()
    {
        var step = _folder.Write("step", "before\n");
        var files = new SummaryFiles(new SummaryOptions { File = _folder.File("deep", "summary.md") }, step, NullLogger.Instance);

        files.Write("## one\n");
        files.Write("## two\n");

        Assert.Equal("## two\n", File.ReadAllText(_folder.File("deep", "summary.md")));
        Assert.Equal("before\n\n## one\n\n## two\n", File.ReadAllText(step));
    }

    [Fact]
    public void WithoutAPageOrAgainstAWishNothingIsAppended()
    {
        var step = _folder.File("step");

        new SummaryFiles(new SummaryOptions { StepSummary = false }, step, NullLogger.Instance).Write("## one\n");
        new SummaryFiles(new SummaryOptions(), null, NullLogger.Instance).Write("## one\n");

        Assert.False(File.Exists(step));
    }

    [Fact]
    public void ThePageOfAStepNeverPassesItsLimit()
    {
        var step = _folder.Write("step", new string('x', SummaryFiles.MaxStepSummaryBytes - 3000));
        var files = new SummaryFiles(new SummaryOptions(), step, NullLogger.Instance);

        files.Write(string.Concat(Enumerable.Repeat("| ä | row |\n", 500)));

        var text = File.ReadAllText(step);
        Assert.True(Encoding.UTF8.GetByteCount(text) <= SummaryFiles.MaxStepSummaryBytes, "It is larger than the page takes.");
        Assert.Contains("| ä | row |\n\n\n*The summary is cut here", text, StringComparison.Ordinal);

        files.Write(string.Concat(Enumerable.Repeat("| ä | row |\n", 500)));
        Assert.True(Encoding.UTF8.GetByteCount(File.ReadAllText(step)) <= SummaryFiles.MaxStepSummaryBytes, "It is larger than the page takes.");
    }

    [Fact]
    public void WhatCannotBeWrittenIsAWarning()
    {
        var log = new LogLines();

        new SummaryFiles(new SummaryOptions(), _folder.File("missing", "step"), log).Write("## one\n");

        Assert.StartsWith("Warning The summary", Assert.Single(log.Lines), StringComparison.Ordinal);
    }
}
