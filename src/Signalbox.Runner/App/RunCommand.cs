using System.CommandLine;
using System.CommandLine.Parsing;
using Signalbox.Runner.App.Running;
using Signalbox.Runner.Configuration;

namespace Signalbox.Runner.App;

/// <summary><c>cicd-runner run -- command…</c>, and the same without the word.</summary>
internal sealed class RunCommand
{
    private readonly RunnerFlags _flags;
    private readonly CommandLine _line;
    private readonly Option<bool> _terminal = new("--pty") { Description = "Give the command a terminal of its own.", Recursive = true };

    private readonly Argument<string[]> _words = new("command")
    {
        Description = "The command with its arguments; put -- before it, or its options are taken for the runner's.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <param name="line">The whole command line, with the words behind <c>--</c>.</param>
    public RunCommand(RunnerFlags flags, CommandLine line) => (_flags, _line) = (flags, line);

    public Command Create()
    {
        var command = new Command("run", "Run a command within its limits and write down what it did; exits as the command does.") { _words };
        command.SetAction((parsed, _) => RunAsync(parsed, _line.Words.Count > 0 ? _line.Words : parsed.GetValue(_words) ?? []));
        command.Validators.Add(RefuseWordsBeforeTheCommand);
        return command;
    }

    /// <summary>Adds what belongs to a run beside the settings.</summary>
    public void AddTo(Command root) => root.Options.Add(_terminal);

    /// <summary>Runs what stands behind <c>--</c>.</summary>
    public Task<int> RunAsync(ParseResult parsed) => RunAsync(parsed, _line.Words);

    /// <summary>A misspelt option would otherwise be taken for a word of a command that another stands behind <c>--</c>, and its limit would silently not hold.</summary>
    private void RefuseWordsBeforeTheCommand(CommandResult run)
    {
        if (_line.Words.Count > 0)
        {
            foreach (var word in run.GetResult(_words)?.Tokens ?? [])
            {
                run.AddError($"Unrecognized command or argument '{word.Value}'.");
            }
        }
    }

    /// <returns>Null, and why on stderr, when the working folder has been removed.</returns>
    private static async Task<string?> FindFolderAsync()
    {
        try
        {
            return Directory.GetCurrentDirectory();
        }
        catch (IOException)
        {
            await Console.Error.WriteLineAsync("The working folder is not there any more; go to one that is.");
            return null;
        }
    }

    private async Task<int> RunAsync(ParseResult parsed, IReadOnlyList<string> words)
    {
        var environment = ProcessEnvironment.Read();
        if (await FindFolderAsync() is not { } folder)
        {
            return ExitCodes.NotExecutable;
        }

        var options = RunnerOptions.Read(_flags.Open(parsed, environment, folder));
        if (words.Count == 0)
        {
            using var log = CommandLine.OpenLog(options.Log.Format, RunConsoles.Own(), environment, folder);
            log.CreateLogger(typeof(RunCommand).FullName!).NothingToRun();
            return ExitCodes.WrongUse;
        }

        var request = new RunRequest
        {
            Command = words,
            HasTerminal = parsed.GetValue(_terminal),
            Options = options,
            Environment = environment,
            Folder = folder,
            Console = RunConsoles.Own(),
            Clock = TimeProvider.System,
        };
        try
        {
            using var run = RunBeginning.Make(request);
            await using var session = new RunSession(run);
            return await session.RunAsync();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What is run without its folder would be run without being written down: then rather not.
            await _line.SayAsync([$"The run's folder cannot be used: {exception.Message}"]);
            return ExitCodes.NotExecutable;
        }
    }
}
