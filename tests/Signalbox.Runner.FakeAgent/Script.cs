using System.Globalization;

namespace Signalbox.Runner.FakeAgent;

/// <summary><c>script FILE [OPTIONS]</c>: acts out a scenario, line by line, and ends with its last <c>exit</c>, else with 0.</summary>
/// <remarks>
/// <c>say TEXT</c> writes the rest of the line to its output, <c>raw TEXT</c> the same without a line feed, <c>warn TEXT</c> to its error output, <c>sleep SECONDS</c> waits, <c>cat FILE</c> writes a file's
/// content, <c>ask ID TOOL INPUT</c> asks the hook that the options name, and where that refuses all up to the next <c>asked</c> is left out; any other word is a verb with its arguments. <c>#</c> begins a comment; <c>$FOLDER</c> stands for the working folder.
/// </remarks>
internal static class Script
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var isRefused = false;
        foreach (var line in await File.ReadAllLinesAsync(arguments[0]))
        {
            if (line == "asked")
            {
                isRefused = false;
                continue;
            }

            if (line.Length == 0 || line[0] == '#' || isRefused)
            {
                continue;
            }

            var space = line.IndexOf(' ', StringComparison.Ordinal);
            var word = space < 0 ? line : line[..space];
            var rest = (space < 0 ? string.Empty : line[(space + 1)..]).Replace("$FOLDER", Environment.CurrentDirectory, StringComparison.Ordinal);
            if (word == "exit")
            {
                return int.Parse(rest, CultureInfo.InvariantCulture);
            }

            if (word == "ask")
            {
                isRefused = !await Ask.RunAsync(arguments[1..], rest);
                continue;
            }

            await ActAsync(word, rest);
        }

        return 0;
    }

    private static async Task ActAsync(string word, string rest)
    {
        switch (word)
        {
            case "say":
                await Console.Out.WriteLineAsync(rest);
                break;
            case "raw":
                await Console.Out.WriteAsync(rest);
                break;
            case "warn":
                await Console.Error.WriteLineAsync(rest);
                break;
            case "sleep":
                await Pause.ForAsync(TimeSpan.FromSeconds(double.Parse(rest, CultureInfo.InvariantCulture)));
                break;
            case "cat":
                await using (var output = Console.OpenStandardOutput())
                await using (var file = File.OpenRead(rest))
                {
                    await file.CopyToAsync(output);
                }

                break;
            case "edit":
                // The text keeps its spaces.
                await Edit.RunAsync(rest.Split(' ', 2));
                break;
            case "shell":
                await Shell.RunAsync([rest]);
                break;
            default:
                if (!Verbs.All.TryGetValue(word, out var verb))
                {
                    throw new InvalidOperationException($"The scenario says '{word}', which is no verb.");
                }

                await verb(rest.Split(' ', StringSplitOptions.RemoveEmptyEntries));
                break;
        }
    }
}
