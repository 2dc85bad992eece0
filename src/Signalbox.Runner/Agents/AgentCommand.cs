namespace Signalbox.Runner.Agents;

/// <summary>Finds an agent's program among the words of a command, behind what commonly stands before it.</summary>
internal static class AgentCommand
{
    private static readonly string[] Runners = ["npx", "pnpx", "bunx", "npm", "pnpm", "yarn", "bun", "node", "deno"];
    private static readonly string[] Wrappers = ["env", "timeout", "nice", "nohup", "stdbuf", "setsid", "ionice", "sudo", "time", "xvfb-run", "unbuffer", "script"];
    private static readonly string[] Shells = ["sh", "bash", "dash", "zsh", "ash", "ksh"];

    /// <summary>The words from the agent's program on; null when it is not there.</summary>
    /// <param name="program">Name of the program, such as <c>claude</c>.</param>
    /// <param name="package">Name of its npm package, such as <c>@anthropic-ai/claude-code</c>.</param>
    public static IReadOnlyList<string>? Find(IReadOnlyList<string> command, string program, string package)
    {
        var index = IndexOf(command, program, package);
        if (index < 0)
        {
            return null;
        }

        return IsScriptBehind(command, index) ? FindInScript(command[index + 2], program, package) : [.. command.Skip(index)];
    }

    /// <summary>Where the agent's program stands as a word of its own; null when it does not.</summary>
    /// <inheritdoc cref="Find"/>
    public static int? PlaceOf(IReadOnlyList<string> command, string program, string package) =>
        IndexOf(command, program, package) is >= 0 and var index && !IsScriptBehind(command, index) ? index : null;

    /// <summary>Whether the words hold an option with this value, as two words or as one with an equals sign.</summary>
    public static bool HasOption(IReadOnlyList<string> words, string option, string value)
    {
        for (var index = 0; index < words.Count; index++)
        {
            if (words[index] == $"{option}={value}" || (words[index] == option && index + 1 < words.Count && words[index + 1] == value))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The value of the first of these options that is there.</summary>
    public static string? OptionValue(IReadOnlyList<string> words, IReadOnlyList<string> options)
    {
        for (var index = 0; index < words.Count; index++)
        {
            foreach (var option in options)
            {
                if (words[index] == option && index + 1 < words.Count)
                {
                    return words[index + 1];
                }

                if (words[index].StartsWith($"{option}=", StringComparison.Ordinal))
                {
                    return words[index][(option.Length + 1)..];
                }
            }
        }

        return null;
    }

    /// <returns>The place of the program, or of the shell whose script may start it; -1 when there is neither.</returns>
    private static int IndexOf(IReadOnlyList<string> command, string program, string package)
    {
        for (var index = 0; index < command.Count; index++)
        {
            if (BaseName(command[index]) == program || IsPackage(command[index], package) || IsScriptBehind(command, index))
            {
                return index;
            }

            if (!MayStandBefore(command, index, BaseName(command[index])))
            {
                return -1;
            }
        }

        return -1;
    }

    private static bool IsScriptBehind(IReadOnlyList<string> command, int index) =>
        Shells.Contains(BaseName(command[index]), StringComparer.Ordinal) && index + 2 < command.Count && command[index + 1].StartsWith('-') && command[index + 1].EndsWith('c');

    private static bool MayStandBefore(IReadOnlyList<string> command, int index, string name) =>
        Runners.Contains(name, StringComparer.Ordinal)
        || Wrappers.Contains(name, StringComparer.Ordinal)
        || (index > 0 && (command[index].StartsWith('-') || command[index].Contains('=', StringComparison.Ordinal) || IsArgumentOfWrapper(command, index)));

    /// <summary>The word after a wrapper, a runner or one of its options: a duration, a number, a subcommand such as <c>exec</c>.</summary>
    private static bool IsArgumentOfWrapper(IReadOnlyList<string> command, int index)
    {
        var before = BaseName(command[index - 1]);
        return command[index - 1].StartsWith('-')
            || (command[index].Length > 0 && char.IsAsciiDigit(command[index][0]))
            || (Runners.Contains(before, StringComparer.Ordinal) && command[index] is "exec" or "dlx" or "x" or "run");
    }

    /// <summary>A shell's script is followed when the agent's output is the script's own: without pipe and redirection behind the agent.</summary>
    private static string[]? FindInScript(string script, string program, string package)
    {
        var words = script.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var index = Array.FindIndex(words, word => BaseName(word) == program || IsPackage(word, package));
        var rest = index < 0 ? null : words[index..];
        return rest is null || Array.Exists(rest, static word => word.StartsWith('|') && word != "||" || word.StartsWith('>') || word.StartsWith("1>", StringComparison.Ordinal))
            ? null
            : rest;
    }

    private static bool IsPackage(string word, string package) =>
        word == package || word.StartsWith($"{package}@", StringComparison.Ordinal) || word.Contains($"/{package}/", StringComparison.Ordinal);

    private static string BaseName(string word)
    {
        var name = word[(word.AsSpan().LastIndexOfAny('/', '\\') + 1)..];
        foreach (var ending in (string[])[".exe", ".cmd", ".ps1"])
        {
            if (name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                return name[..^ending.Length];
            }
        }

        return name;
    }
}
