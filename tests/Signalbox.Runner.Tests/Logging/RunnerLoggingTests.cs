using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Signalbox.Runner.Logging;
using Signalbox.Sdk.Redaction;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Runner.Tests.Logging;

public sealed partial class RunnerLoggingTests : IDisposable
{
    private static readonly string Secret = "ghp_" + string.Concat(Enumerable.Repeat("a1B2c3D4e", 4));

    private static readonly RunnerLogContext Context = new()
    {
        RunId = "20260124T100000Z-1a2b3c4d",
        TraceId = "4bf92f3577b34da6a3ce929d0e0e4736",
        SpanId = "00f067aa0ba902b7",
        CiRunId = "9650001",
    };

    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _errors = new();

    private string LogFile => _folder.File("log.jsonl");

    [Theory]
    [InlineData("auto", false)]
    [InlineData("json", true)]
    public void WritesOneJsonObjectALineThatNamesRunAndTrace(string format, bool isTerminal)
    {
        using (var logging = Open(format, isTerminal))
        {
            SaidHello(logging.CreateLogger("Signalbox.Runner.App.RunSession"), "world");
        }

        using var line = JsonDocument.Parse(Assert.Single(Lines(_errors.ToString())));
        var root = line.RootElement;
        Assert.Equal(
            ["level", "ts", "caller", "msg", "trace_id", "span_id", "component", "run_id", "ci_run_id", "name"],
            root.EnumerateObject().Select(static member => member.Name));
        Assert.Equal(
            ("info", "Hello world.", Context.TraceId, Context.SpanId, "run_session", Context.RunId, Context.CiRunId),
            (Text(root, "level"), Text(root, "msg"), Text(root, "trace_id"), Text(root, "span_id"), Text(root, "component"), Text(root, "run_id"), Text(root, "ci_run_id")));
        Assert.Equal(_errors.ToString(), File.ReadAllText(LogFile));
    }

    [Theory]
    [InlineData("auto", true)]
    [InlineData("text", false)]
    public void WritesTextForPeopleAndJsonIntoTheFile(string format, bool isTerminal)
    {
        using (var logging = Open(format, isTerminal))
        {
            SaidHello(logging.CreateLogger("Signalbox.Runner.App.RunSession"), "world");
        }

        Assert.Contains("Hello world.", _errors.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Context.RunId, _errors.ToString(), StringComparison.Ordinal);
        using var line = JsonDocument.Parse(Assert.Single(Lines(File.ReadAllText(LogFile))));
        Assert.Contains("RunnerLoggingTests.cs:", Text(line.RootElement, "caller"), StringComparison.Ordinal);
        Assert.Equal((Context.TraceId, Context.RunId), (Text(line.RootElement, "trace_id"), Text(line.RootElement, "run_id")));
    }

    [Fact]
    public void WritesNoSecretAnywhere()
    {
        using (var logging = Open("text", true))
        {
            SaidHello(logging.CreateLogger("Signalbox.Runner.App.RunSession"), Secret);
            Failed(logging.CreateLogger("Signalbox.Runner.App.RunSession"), new InvalidOperationException($"token {Secret} refused"));
        }

        Assert.DoesNotContain(Secret, _errors.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, File.ReadAllText(LogFile), StringComparison.Ordinal);
    }

    [Fact]
    public void TakesAnActivitysSpanWhereThereIsOne()
    {
        using var logging = Open("json", false);
        using var activity = new Activity("step").SetIdFormat(ActivityIdFormat.W3C).Start();
        SaidHello(logging.CreateLogger("x"), "world");

        using var line = JsonDocument.Parse(Assert.Single(Lines(_errors.ToString())));
        Assert.Equal(activity.SpanId.ToHexString(), Text(line.RootElement, "span_id"));
    }

    [Fact]
    public void BuildsNoRedactorBeforeTheFirstLine()
    {
        var redactor = new Lazy<Redactor>(static () => Redactor.Default);
        using var logging = Open("json", false, redactor);
        SaidQuietly(logging.CreateLogger("x"));
        Assert.False(redactor.IsValueCreated);

        SaidHello(logging.CreateLogger("x"), "world");
        Assert.True(redactor.IsValueCreated);
    }

    [Fact]
    public void WritesOtherPeoplesLinesAsTheyAre()
    {
        using (var logging = Open("text", true))
        {
            logging.WriteLine("""{"audit":true}""", "Audit: alice modified a.cs");
        }

        Assert.Equal("Audit: alice modified a.cs\n", _errors.ToString());
        Assert.Equal("{\"audit\":true}\n", File.ReadAllText(LogFile));
    }

    [Fact]
    public void GivesATerminalNoOrders()
    {
        using (var logging = Open("text", true))
        {
            logging.WriteLine("{}", "Audit: alice modified \u001b]0;x\u0007\u009b2J\r\nAudit: bob");
        }

        Assert.Equal("Audit: alice modified \\x1b]0;x\\x07\\x9b2J\\x0d\\x0aAudit: bob\n", _errors.ToString());
    }

    [Fact]
    public void GoesOnWithoutAFileThatCannotBeWritten()
    {
        Directory.CreateDirectory(LogFile);
        using var logging = Open("json", false);
        SaidHello(logging.CreateLogger("x"), "world");

        Assert.StartsWith("cicd-runner: the log is not copied to", _errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("Hello world.", _errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, logging.NotCopied);
    }

    [Fact]
    public void GoesOnWhenNobodyReadsItAnyMore()
    {
        using var gone = new StreamWriter(new GoneStream()) { AutoFlush = true };
        using var logging = RunnerLogging.Open(
            new LogOptions { Format = "text", Level = LogLevel.Information },
            Context,
            new RunnerLogTarget { Errors = gone, IsTerminal = false, File = LogFile, Redactor = new Lazy<Redactor>(static () => Redactor.Default), Clock = new FakeClock() });
        SaidHello(logging.CreateLogger("x"), "world");
        logging.WriteLine("{}", "Audit");

        Assert.Equal(2, Lines(File.ReadAllText(LogFile)).Length);
        Assert.Equal((2, 0), (logging.NotShown, logging.NotCopied));
    }

    [Fact]
    public void NamesNoRunWhereThereIsNone()
    {
        using var logging = RunnerLogging.Open(
            new LogOptions { Format = "json", Level = LogLevel.Information },
            Context with { RunId = string.Empty, CiRunId = null },
            new RunnerLogTarget { Errors = _errors, IsTerminal = false, Redactor = new Lazy<Redactor>(static () => Redactor.Default), Clock = new FakeClock() });
        SaidHello(logging.CreateLogger("x"), "world");

        Assert.DoesNotContain("run_id", _errors.ToString(), StringComparison.Ordinal);
        Assert.Contains(Context.TraceId, _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void KeepsTheFileForItsUserOnly()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes of files.");
        Open("json", false).Dispose();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(LogFile));
    }

    public void Dispose()
    {
        _errors.Dispose();
        _folder.Dispose();
    }

    [LoggerMessage(1, LogLevel.Information, "Hello {Name}.")]
    private static partial void SaidHello(ILogger logger, string name);

    [LoggerMessage(2, LogLevel.Debug, "Nobody hears this.")]
    private static partial void SaidQuietly(ILogger logger);

    [LoggerMessage(3, LogLevel.Error, "It failed.")]
    private static partial void Failed(ILogger logger, Exception exception);

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private RunnerLogging Open(string format, bool isTerminal, Lazy<Redactor>? redactor = null) => RunnerLogging.Open(
        new LogOptions { Format = format, Level = LogLevel.Information },
        Context,
        new RunnerLogTarget { Errors = _errors, IsTerminal = isTerminal, File = LogFile, Redactor = redactor ?? new Lazy<Redactor>(static () => Redactor.Default), Clock = new FakeClock() });

    /// <summary>A pipe whose reader has gone.</summary>
    private sealed class GoneStream : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("Broken pipe");

        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("Broken pipe");
    }
}
