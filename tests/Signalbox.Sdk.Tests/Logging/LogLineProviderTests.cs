using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Signalbox.Sdk.Logging;
using Signalbox.Testing.Clock;
using Xunit;

namespace Signalbox.Sdk.Tests.Logging;

public sealed partial class LogLineProviderTests : IDisposable
{
    private readonly StringWriter _output = new();

    [Fact]
    public void ALineHasEveryFieldOfTheShapeInItsOrder()
    {
        Logger("Acme.ProcessManager").LogInformation("Process started");

        using var line = Line();
        Assert.Equal(["level", "ts", "caller", "msg", "trace_id", "span_id", "component"], line.RootElement.EnumerateObject().Select(field => field.Name));
        Assert.Equal("info", Text(line, "level"));
        Assert.Equal("2026-03-04T05:06:07.000Z", Text(line, "ts"));
        Assert.Equal("Process started", Text(line, "msg"));
        Assert.Equal("process_manager", Text(line, "component"));
    }

    [Fact]
    public void TheCallerIsTheFileAndLineThatLogged()
    {
        Logger("Acme").LogWarning("here"); var expected = Here();

        using var line = Line();
        Assert.Equal(expected, Text(line, "caller"));
    }

    [Fact]
    public void TheCallerOfAGeneratedMessageIsWhoCalledIt()
    {
        SaidHello(Logger("Acme"), "world", 3); var expected = Here();

        using var line = Line();
        Assert.Equal(expected, Text(line, "caller"));
        Assert.Equal("world", Text(line, "name"));
        Assert.Equal(3, line.RootElement.GetProperty("how_often").GetInt32());
    }

    [Fact]
    public async Task TheCallerIsFoundAcrossAwaits()
    {
        await Task.Yield();
        Logger("Acme").LogWarning("here"); var expected = Here();

        using var line = Line();
        Assert.Equal(expected, Text(line, "caller"));
    }

    [Fact]
    public void TheCurrentActivityGivesTraceAndSpan()
    {
        using var activity = new Activity("work").SetIdFormat(ActivityIdFormat.W3C).Start();
        Logger("Acme").LogInformation("traced");

        using var line = Line();
        Assert.Equal(activity.TraceId.ToHexString(), Text(line, "trace_id"));
        Assert.Equal(activity.SpanId.ToHexString(), Text(line, "span_id"));
    }

    [Fact]
    public void AFieldNeverTakesThePlaceOfTheLinesOwn()
    {
        Logger("Acme").LogInformation("{Level} {Msg}", "mine", "mine too");

        using var line = Line();
        Assert.Equal("info", Text(line, "level"));
        Assert.Equal("mine", Text(line, "_level"));
        Assert.Equal("mine too", Text(line, "_msg"));
    }

    [Fact]
    public void AFieldThatIsTheWholeMessageIsNotWrittenTwice()
    {
        Logger("Acme").LogInformation("{Text}", "all there is");

        using var line = Line();
        Assert.Equal("all there is", Text(line, "msg"));
        Assert.False(line.RootElement.TryGetProperty("text", out _));
    }

    [Fact]
    public void AnExceptionIsWrittenWithTypeMessageAndStack()
    {
        var exception = Assert.Throws<InvalidOperationException>((Action)(static () => throw new InvalidOperationException("broken")));
        Logger("Acme").LogError(exception, "failed");

        using var line = Line();
        var error = line.RootElement.GetProperty("error");
        Assert.Equal("System.InvalidOperationException", error.GetProperty("type").GetString());
        Assert.Equal("broken", error.GetProperty("message").GetString());
        Assert.Contains(nameof(AnExceptionIsWrittenWithTypeMessageAndStack), error.GetProperty("stack").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ScopesGiveFields()
    {
        using var provider = new LogLineProvider(Options(LogLineFormat.Json));
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(provider));
        var logger = factory.CreateLogger("Acme");
        using (logger.BeginScope(new Dictionary<string, object?>(StringComparer.Ordinal) { ["job_id"] = "j1" }))
        {
            logger.LogInformation("scoped");
        }

        using var line = Line();
        Assert.Equal("j1", Text(line, "job_id"));
    }

    [Fact]
    public void AnyTextStaysOneLineThatParses()
    {
        var random = new Random(7);
        var logger = Logger("Acme");
        for (var round = 0; round < 500; round++)
        {
            var text = new string(Enumerable.Range(0, random.Next(40)).Select(_ => (char)random.Next(0x10000)).ToArray());
            logger.LogInformation("{Text}", text);
        }

        var lines = _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(500, lines.Length);
        Assert.All(lines, static line => JsonDocument.Parse(line).Dispose());
    }

    [Fact]
    public void ALongValueIsCutAndSaysByHowMuch()
    {
        Logger("Acme").LogInformation("Said {Text}", new string('x', 20_000));

        using var line = Line();
        Assert.EndsWith("… (3616 more)", Text(line, "text"), StringComparison.Ordinal);
    }

    [Fact]
    public void TextForTerminalsHasNoControlCharactersOfOthers()
    {
        using var provider = new LogLineProvider(Options(LogLineFormat.Text));
        provider.CreateLogger("Acme.Worker").LogWarning("{Text}", "evil\e[2Jtext");

        Assert.StartsWith("05:06:07.000 warn  worker  evil\\x1b[2Jtext", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsBelowTheLevelIsNotWritten()
    {
        Logger("Acme").LogDebug("quiet");

        Assert.Empty(_output.ToString());
    }

    public void Dispose() => _output.Dispose();

    [LoggerMessage(1, LogLevel.Information, "Said hello to {Name} {HowOften} times")]
    private static partial void SaidHello(ILogger logger, string name, int howOften);

    /// <summary>Where it is called; a deterministic build writes the repository's root as <c>/_/</c>, which a log line leaves out.</summary>
    private static string Here([CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        string.Create(CultureInfo.InvariantCulture, $"{(file.StartsWith("/_/", StringComparison.Ordinal) ? file[3..] : file)}:{line}");

    private static string? Text(JsonDocument line, string name) => line.RootElement.GetProperty(name).GetString();

    private LogLineOptions Options(LogLineFormat format) => new() { Output = _output, Format = format, Clock = new FakeClock() };

    private ILogger Logger(string category)
    {
        var provider = new LogLineProvider(Options(LogLineFormat.Json));
        return provider.CreateLogger(category);
    }

    private JsonDocument Line() => JsonDocument.Parse(_output.ToString());
}
