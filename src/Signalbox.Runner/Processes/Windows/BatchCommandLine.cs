using System.Text;

namespace Signalbox.Runner.Processes.Windows;

/// <summary>Writes the command line by which <c>cmd.exe</c> runs a batch file with exactly the arguments that are given, as npm's programs are started on Windows.</summary>
/// <remarks>
/// Left alone, the system gives a batch file to <c>cmd.exe</c> by the rules of programs, by which a quote within an argument ends it and what follows may be another command.
/// Source: https://learn.microsoft.com/windows-server/administration/windows-commands/cmd; for variables, whose part of no length is nothing, <c>set /?</c>.
/// </remarks>
internal static class BatchCommandLine
{
    /// <summary>What needs no quotes beside letters and digits.</summary>
    private const string Plain = "#$*+-./:?@\\_";

    /// <summary>Before a percent sign: the part of no length of a variable that is always there, so that none is left to begin another one.</summary>
    private const string NoPercent = "%%cd:~,";

    public static bool IsNeededFor(string file) => Path.GetExtension(file).ToUpperInvariant() is ".CMD" or ".BAT";

    /// <returns>Arguments of <c>cmd.exe</c>; null when one has a line break in it, at which a batch file's command line ends.</returns>
    public static string? Of(string file, IEnumerable<string> arguments)
    {
        // Without programs of the registry's, with what the part of a variable needs, without expansion of exclamation marks.
        var line = new StringBuilder("/d /e:on /v:off /s /c \"\"").Append(file.Replace("%", NoPercent + "%", StringComparison.Ordinal)).Append('"');
        foreach (var argument in arguments)
        {
            if (argument.AsSpan().ContainsAny('\r', '\n'))
            {
                return null;
            }

            Append(line.Append(' '), argument);
        }

        return line.Append('"').ToString();
    }

    private static void Append(StringBuilder line, string argument)
    {
        var isQuoted = argument.Length == 0 || argument.EndsWith('\\') || argument.Any(static letter => !char.IsAsciiLetterOrDigit(letter) && !Plain.Contains(letter, StringComparison.Ordinal));
        line.Append(isQuoted ? "\"" : string.Empty);
        var backslashes = 0;
        foreach (var letter in argument)
        {
            switch (letter)
            {
                case '"':
                    // Doubled for the interpreter, and what stands before it for the program.
                    line.Append('\\', backslashes).Append('"');
                    break;
                case '%':
                    line.Append(NoPercent);
                    break;
            }

            backslashes = letter == '\\' ? backslashes + 1 : 0;
            line.Append(letter);
        }

        line.Append(isQuoted ? new string('\\', backslashes) + '"' : string.Empty);
    }
}
