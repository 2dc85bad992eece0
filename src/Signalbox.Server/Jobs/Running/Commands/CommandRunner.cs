using System.ComponentModel;
using System.Globalization;
using Signalbox.Sdk.Processes;
using Signalbox.Server.Platform;

namespace Signalbox.Server.Jobs.Running.Commands;

/// <summary>Runs commands.</summary>
internal sealed class CommandRunner : IKindRunner
{
    private const string WorkFolder = "jobs-work";

    /// <summary>How long a killed process may take to be gone; more is the kernel's own waiting, which nothing shortens.</summary>
    private static readonly TimeSpan AfterKill = TimeSpan.FromSeconds(5);

    /// <summary>How long its output may be held open afterwards, by somebody who cannot be found.</summary>
    private static readonly TimeSpan OutputAfterEnd = TimeSpan.FromSeconds(1);

    private readonly CommandEnvironment _environment;
    private readonly Stragglers _stragglers = new(CommandMark.Variable);
    private readonly ILogger<CommandRunner> _log;
    private readonly string _workFolder;
    private readonly long _rate;
    private readonly TimeProvider _clock;

    public CommandRunner(CommandEnvironment environment, DataFolder data, RunningOptions options, TimeProvider clock, ILogger<CommandRunner> log)
    {
        _environment = environment;
        _workFolder = data.File(WorkFolder);
        _rate = options.Output.Rate;
        _clock = clock;
        _log = log;
        if (!CommandScript.HasSessions)
        {
            RunningLog.NoSessions(log);
        }
    }

    public bool Takes(JobWork work) => work is CommandWork;

    public async Task<WorkEnd> RunAsync(RunScope scope)
    {
        var work = (CommandWork)scope.Request.Work;
        var environment = _environment.For(work, scope);
        var folder = work.WorkingDirectory ?? Directory.CreateDirectory(_workFolder).FullName;
        var (file, fault) = CommandFile.Find(work.File, folder, environment.GetValueOrDefault("PATH"));
        if (file is null)
        {
            return WorkEnd.Failure("not_started", fault!.Message, "not started");
        }

        if (work.Arguments.Any(static argument => argument.Contains('\0', StringComparison.Ordinal)))
        {
            return WorkEnd.Failure("not_started", "An argument has the character nought in it, at which the system would cut it off.", "not started");
        }

        if (scope.MayNotBegin)
        {
            return WorkEnd.NotBegun;
        }

        CommandProcess process;
        try
        {
            process = CommandProcess.Start(file, work.Arguments, folder, environment, scope.Request.Lease?.Remaining);
        }
        catch (Win32Exception exception)
        {
            return WorkEnd.Failure("not_started", $"{file} could not be started: {exception.Message}", "not started");
        }

        void Renew() => process.Renew(scope.Request.Lease!.Remaining);
        try
        {
            if (scope.Request.Lease is { } lease)
            {
                lease.Renewed += Renew;
            }

            return await FollowAsync(process, scope);
        }
        finally
        {
            if (scope.Request.Lease is { } lease)
            {
                lease.Renewed -= Renew;
            }

            _ = process.Exited.ContinueWith(static (_, state) => ((CommandProcess)state!).Dispose(), process, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private async Task<WorkEnd> FollowAsync(CommandProcess process, RunScope scope)
    {
        using var giveUp = new CancellationTokenSource();
        var reading = CommandOutput.ReadAsync(process, scope, new OutputPace(_rate, _clock), _clock, giveUp.Token);
        await Task.WhenAny(process.Exited, scope.Ladder.Asked);
        if (!process.Exited.IsCompleted && scope.Ladder.Reason != RunEnd.Lost)
        {
            process.Terminate();
            await Task.WhenAny(process.Exited, scope.Ladder.Killed);
        }

        // At every end, the orderly one too: what the command left behind in its group ends with it.
        process.Kill();
        var gone = await WithinAsync(process.Exited, AfterKill);
        if (await _stragglers.KillAsync(CommandMark.Of(scope.Request), process.Id) is var left and > 0)
        {
            RunningLog.StragglersEnded(_log, scope.Request.JobName, left);
        }

        if (!await WithinAsync(reading, OutputAfterEnd))
        {
            await giveUp.CancelAsync();
            await reading;
        }

        return gone ? EndOf(process.ExitCode) : new WorkEnd { StillRunning = process.Exited };
    }

    private async Task<bool> WithinAsync(Task task, TimeSpan limit)
    {
        using var over = new CancellationTokenSource();
        var done = await Task.WhenAny(task, Task.Delay(limit, _clock, over.Token)) == task;
        await over.CancelAsync();
        return done;
    }

    private static WorkEnd EndOf(int exitCode)
    {
        if (exitCode == 0)
        {
            return new WorkEnd { Succeeded = true, ExitCode = 0 };
        }

        var code = exitCode.ToString(CultureInfo.InvariantCulture);
        return CommandScript.HasSessions && UnixSignals.NameOfExit(exitCode) is { } signal
            ? WorkEnd.Failure("signal", $"The command was ended by {signal}, or passes on that another program was (exit code {code}).", $"exit code {code} ({signal})", exitCode)
            : WorkEnd.Failure("exit_code", $"The command ended with exit code {code}.", $"exit code {code}", exitCode);
    }
}
