namespace Signalbox.Runner.Auditing.Shell;

/// <summary>Finds the programs that a command line runs: behind assignments, reserved words, and programs that only run another.</summary>
internal static class ShellCommands
{
    /// <summary>How many shells may stand within each other: <c>sh -c "bash -c '…'"</c>.</summary>
    private const int MaxShells = 4;

    private static readonly HashSet<string> ReservedWords = new(StringComparer.Ordinal) { "if", "then", "else", "elif", "do", "while", "until", "!", "{", "time", "coproc" };

    private const string Eval = "eval";

    private static readonly HashSet<string> Shells = new(StringComparer.Ordinal) { "sh", "bash", "zsh", "dash", "ksh", "ash" };

    /// <summary>Programs that run the rest of their line, with those of their options that take the word behind them.</summary>
    private static readonly Dictionary<string, string[]> Wrappers = new(StringComparer.Ordinal)
    {
        ["env"] = ["-u", "--unset", "-C", "--chdir"],
        ["sudo"] = ["-u", "--user", "-g", "--group", "-h", "--host", "-p", "--prompt", "-D", "--chdir", "-C", "-r", "-t", "-T"],
        ["doas"] = ["-u", "-C"],
        ["command"] = [],
        ["builtin"] = [],
        ["exec"] = ["-a"],
        ["nohup"] = [],
        ["setsid"] = [],
        ["time"] = ["-f", "--format", "-o", "--output"],
        ["nice"] = ["-n", "--adjustment"],
        ["ionice"] = ["-c", "-n", "-p"],
        ["stdbuf"] = ["-i", "-o", "-e"],
        ["timeout"] = ["-s", "--signal", "-k", "--kill-after"],
        ["xargs"] = ["-a", "-d", "-E", "-I", "-L", "-n", "-P", "-s"],
        ["flock"] = ["-w", "--timeout", "-E", "--conflict-exit-code"],
        ["watch"] = ["-n", "--interval"],
        ["busybox"] = [],
    };

    public static IReadOnlyList<ShellCommand> In(string text)
    {
        var found = new List<ShellCommand>();
        Find(text, 0, found);
        return found;
    }

    private static void Find(string text, int shells, List<ShellCommand> found)
    {
        foreach (var words in ShellLexer.Read(text))
        {
            if (Unwrap(words) is not { } command)
            {
                continue;
            }

            if (ScriptOf(command) is not { } script)
            {
                found.Add(command);
            }
            else if (shells < MaxShells)
            {
                Find(script, shells + 1, found);
            }
        }
    }

    private static ShellCommand? Unwrap(IReadOnlyList<ShellWord> words)
    {
        var at = 0;
        while (at < words.Count)
        {
            var word = words[at];
            if (ReservedWords.Contains(word.Text) || IsAssignment(word.Text))
            {
                at++;
                continue;
            }

            if (word.Text == "function")
            {
                at += 2;
                continue;
            }

            var program = ProgramOf(word.Text);
            if (!word.IsCertain || !Wrappers.TryGetValue(program, out var options))
            {
                return word.IsCertain ? new ShellCommand(program, [.. words.Skip(at + 1)]) : null;
            }

            if (program == "env" && SplitText(words, at + 1) is { } split)
            {
                return new ShellCommand(Eval, [new ShellWord(split, IsCertain: true)]);
            }

            at = BehindOptions(words, at + 1, options);
            at += program is "timeout" or "flock" ? 1 : 0;
            if (at < words.Count && words[at].Text is "-c" or "--command")
            {
                return new ShellCommand("sh", [.. words.Skip(at)]);
            }
        }

        return null;
    }

    /// <summary>The text of <c>env -S "program argument"</c>, with what follows it.</summary>
    private static string? SplitText(IReadOnlyList<ShellWord> words, int at)
    {
        for (; at < words.Count && words[at].Text is ['-', ..] option; at++)
        {
            const string Long = "--split-string=";
            if (option.StartsWith("-S", StringComparison.Ordinal) || option.StartsWith(Long, StringComparison.Ordinal) || option == Long[..^1])
            {
                var begin = option.StartsWith("-S", StringComparison.Ordinal) ? option[2..] : option.Length > Long.Length ? option[Long.Length..] : string.Empty;
                return string.Join(' ', words.Skip(at + 1).Select(static word => word.Text).Prepend(begin));
            }
        }

        return null;
    }

    private static int BehindOptions(IReadOnlyList<ShellWord> words, int at, string[] takingAnother)
    {
        while (at < words.Count && words[at].Text is ['-', ..] option)
        {
            at++;
            if (option == "--")
            {
                break;
            }

            at += takingAnother.Contains(option, StringComparer.Ordinal) ? 1 : 0;
        }

        return at;
    }

    /// <summary>What a shell is told to run by <c>-c</c>, or by <c>eval</c>; null for another program, and for what is not known from the text alone.</summary>
    private static string? ScriptOf(ShellCommand command)
    {
        if (command.Program is "su" or "runuser")
        {
            return new ArgumentList(command.Arguments, "-c", "--command", "-s", "--shell", "-g", "--group", "-G", "--supp-group", "-w", "--whitelist-environment").Value("-c", "--command");
        }

        if (command.Program == Eval)
        {
            return string.Join(' ', command.Arguments.Select(static word => word.Text));
        }

        if (!Shells.Contains(command.Program))
        {
            return null;
        }

        for (var index = 0; index + 1 < command.Arguments.Count; index++)
        {
            var option = command.Arguments[index].Text;
            if (option is not ['-' or '+', ..])
            {
                return null;
            }

            if (option[0] == '-' && !option.StartsWith("--", StringComparison.Ordinal) && option.EndsWith('c'))
            {
                return command.Arguments[index + 1].Text;
            }
        }

        return null;
    }

    private static string ProgramOf(string word)
    {
        var name = word[(word.LastIndexOfAny(['/', '\\']) + 1)..];
        return name.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) ? name[..^4] : name;
    }

    private static bool IsAssignment(string word)
    {
        var equals = word.IndexOf('=');
        var name = word.AsSpan(0, Math.Max(0, equals)).TrimEnd('+');
        if (name.Length == 0 || char.IsAsciiDigit(name[0]))
        {
            return false;
        }

        foreach (var character in name)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('_' or '[' or ']'))
            {
                return false;
            }
        }

        return true;
    }
}
