using System.CommandLine;
using Signalbox.Runner.Configuration;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Readings;

namespace Signalbox.Runner.App;

/// <summary><c>cicd-runner replay FOLDER</c>: computes a run anew from what was written down, and compares.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("folder") { Description = "The run's folder, or the folder of all runs for the newest of them." };
        var write = new Option<bool>("--write") { Description = "Write what differs or is missing." };
        var command = new Command("replay", "Compute a run anew from its raw facts and compare with what is there: exit code 0 when it agrees, 1 when something differs.") { folder, write };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetRequiredValue(folder), parsed.GetValue(write), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string path, bool write, CancellationToken cancellationToken)
    {
        if (RunFolder.Open(path) is not { } folder)
        {
            await Console.Error.WriteLineAsync($"'{path}' is not the folder of a run: it has no {RunFiles.Start}.");
            return ExitCodes.WrongUse;
        }

        if (Directory.EnumerateFiles(folder.Path).FirstOrDefault(PrivateFiles.IsReplaced) is { } replaced)
        {
            await Console.Error.WriteLineAsync($"{replaced} is a pipe or a link; a runner writes files only, so this is not what it has written.");
            return ExitCodes.WrongUse;
        }

        using var held = folder.TryLock();
        if (held is null)
        {
            await Console.Error.WriteLineAsync($"The run {folder.RunId} goes on; it can be computed when it has ended.");
            return ExitCodes.WrongUse;
        }

        if (FactDocument.Read(folder.File(RunFiles.Start), FactsJson.Default.RunStart) is not { } start)
        {
            await Console.Error.WriteLineAsync($"{folder.File(RunFiles.Start)} cannot be read.");
            return ExitCodes.WrongUse;
        }

        var result = await new Replay(folder, start, ProcessEnvironment.Read(), TimeProvider.System).RunAsync(write, cancellationToken);
        foreach (var line in result.Lines)
        {
            await Console.Out.WriteLineAsync(line);
        }

        return result.Agrees ? ExitCodes.Done : ExitCodes.Failed;
    }
}
