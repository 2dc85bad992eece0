using Microsoft.Extensions.Logging;
using Signalbox.Runner.App.Running;
using Signalbox.Runner.Configuration;
using Signalbox.Runner.Logging;
using Signalbox.Runner.Platforms;
using Signalbox.Sdk.Redaction;

namespace Signalbox.Runner.App;

/// <summary>What stands on the command line behind <c>--</c>, and how a program that is asked for nothing says so.</summary>
/// <param name="Words">The command to be run, word by word as they came; empty without one.</param>
internal sealed record CommandLine(IReadOnlyList<string> Options, IReadOnlyList<string> Words)
{
    private const string End = "--";

    /// <summary>Cuts at the first <c>--</c>; what is behind it belongs to the command and is not looked at.</summary>
    public static CommandLine Of(IReadOnlyList<string> arguments)
    {
        for (var index = 0; index < arguments.Count; index++)
        {
            if (arguments[index] == End)
            {
                return new CommandLine([.. arguments.Take(index)], [.. arguments.Skip(index + 1)]);
            }
        }

        return new CommandLine(arguments, []);
    }

    /// <summary>Whether the log was asked for as JSON, as far as that can be told of a command line that may be wrong.</summary>
    public bool WantsJson => Options.Contains("--log-format=json", StringComparer.Ordinal)
        || Options.Zip(Options.Skip(1)).Any(static pair => pair is { First: "--log-format", Second: "json" });

    /// <summary>Opens a log for a program that runs nothing: on stderr, with the trace that a run would have.</summary>
    public static RunnerLogging OpenLog(string format, RunConsole console, IReadOnlyDictionary<string, string> environment, string folder)
    {
        var ci = CiDetection.Detect(environment, folder);
        var trace = RunTrace.Derive(ci, environment, string.Empty);
        return RunnerLogging.Open(
            new LogOptions { Format = format, Level = LogLevel.Information },
            new RunnerLogContext { RunId = string.Empty, TraceId = trace.TraceId, SpanId = trace.SpanId, CiRunId = ci.RunId },
            new RunnerLogTarget { Errors = console.Errors, IsTerminal = console.IsTerminal, Redactor = new Lazy<Redactor>(static () => Redactor.Default), Clock = TimeProvider.System });
    }

    /// <summary>Says what is wrong, a line each: as log lines where the log was asked for as JSON, otherwise as they are.</summary>
    public async Task SayAsync(IEnumerable<string> messages)
    {
        if (!WantsJson)
        {
            foreach (var message in messages)
            {
                await Console.Error.WriteLineAsync(message);
            }

            return;
        }

        using var log = OpenLog("json", RunConsoles.Own(), ProcessEnvironment.Read(), Directory.GetCurrentDirectory());
        var logger = log.CreateLogger(typeof(RunnerCommand).FullName!);
        foreach (var message in messages)
        {
            logger.Wrong(message.Trim());
        }
    }
}
