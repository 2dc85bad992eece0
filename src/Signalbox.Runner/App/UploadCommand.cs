using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Signalbox.Runner.Configuration;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Uploading;
using Signalbox.Settings;

namespace Signalbox.Runner.App;

/// <summary><c>cicd-runner upload</c>: sends runs that did not reach the server when they ended, or any run again.</summary>
internal static class UploadCommand
{
    private static readonly TimeSpan DefaultTime = TimeSpan.FromMinutes(5);

    public static Command Create(RunnerFlags flags)
    {
        var folder = new Argument<string?>("FOLDER") { Description = "A run's folder (default: all runs in runs.folder that are not sent yet).", Arity = ArgumentArity.ZeroOrOne };
        var within = new Option<string?>("--within") { Description = $"Give up after this time; what is left can be sent again (default: {DurationText.Format(DefaultTime)}).", HelpName = "TIME" };
        var command = new Command("upload", "Send runs to the Signalbox server that did not reach it yet. Exit code 1 when one still has not.") { folder, within };
        command.SetAction((parsed, cancellationToken) =>
        {
            var time = DefaultTime;
            if (parsed.GetValue(within) is { } text && !DurationText.TryParse(text, out time))
            {
                throw new SettingsException([new SettingsError("flag --within", string.Empty, $"'{text}' is no duration; write for example 30s or 5m.")]);
            }

            var options = RunnerOptions.Read(flags.Open(parsed, ProcessEnvironment.Read(), Directory.GetCurrentDirectory()));
            return RunAsync(options, parsed.GetValue(folder), time, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(RunnerOptions options, string? named, TimeSpan within, CancellationToken cancellationToken)
    {
        if (options.Upload.Server is null)
        {
            throw new SettingsException([new SettingsError("configuration", "signalbox.url", "There is no server to send to; set this key, or SIGNALBOX_SERVER.")]);
        }

        if (options.Upload.IsUnprotected)
        {
            await Console.Error.WriteLineAsync($"Runs and the token for the server go to {options.Upload.Server.Host} unprotected; use https.");
        }

        using var time = new CancellationTokenSource(within, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        var uploader = new RunUploader(options.Upload, TimeProvider.System, NullLogger.Instance);
        var here = Directory.GetCurrentDirectory();
        var results = named is null
            ? await uploader.SendPendingAsync(Path.GetFullPath(options.Runs.Folder, RepositoryFolder.Find(here) ?? here), except: null, either.Token)
            : [await SendAsync(uploader, named, either.Token)];
        foreach (var result in results)
        {
            await Console.Out.WriteLineAsync($"{result.RunId}  {result.State.ToString().ToLowerInvariant()}{(result.Detail is null ? string.Empty : $"  {result.Detail}")}");
        }

        if (results.Count == 0)
        {
            await Console.Error.WriteLineAsync("There is no run that is not sent yet.");
        }

        return results.All(static result => result.State == UploadState.Sent) ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static async Task<UploadResult> SendAsync(RunUploader uploader, string named, CancellationToken cancellationToken)
    {
        if (RunFolder.Open(named) is not { } folder)
        {
            return new UploadResult(named, UploadState.Refused, "This is no run's folder.");
        }

        using var held = folder.TryLock();
        return held is null ? new UploadResult(folder.RunId, UploadState.Pending, "The run goes on, or another process sends it.") : await uploader.SendAsync(folder, cancellationToken);
    }
}
