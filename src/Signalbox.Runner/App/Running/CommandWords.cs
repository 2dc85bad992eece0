using Signalbox.Sdk.Redaction;

namespace Signalbox.Runner.App.Running;

/// <summary>Erases the secrets of a command, word by word and by what stands before a word: <c>--token</c> tells what the next one is.</summary>
internal static class CommandWords
{
    /// <summary>Names the words that are known by others only in part, as when a user and a password stand in one.</summary>
    private const string Rule = "command-option";

    /// <summary>How many words before one may tell what it is.</summary>
    private const int Reach = 16;

    /// <summary>Of words before, characters that are looked at; what an option says is shorter.</summary>
    private const int LongestBefore = 4096;

    public static IReadOnlyList<string> Redact(IReadOnlyList<string> words, Redactor redactor)
    {
        string[] clean = [.. words.Select((word, index) => index > 0 && redactor.Names.IsOption(words[index - 1]) ? redactor.Erase(Rule, word, null, null) : redactor.Redact(word))];
        var whole = string.Join(' ', clean);
        if (ReferenceEquals(redactor.Redact(whole), whole))
        {
            return clean;
        }

        string[] before = [.. words];
        for (var index = 1; index < clean.Length; index++)
        {
            clean[index] = RedactOne(before.AsSpan(Math.Max(0, index - Reach)..index), clean[index], redactor);
        }

        return clean;
    }

    private static string RedactOne(ReadOnlySpan<string?> words, string word, Redactor redactor)
    {
        var before = string.Join(' ', words) + " ";
        before = before.Length > LongestBefore ? before[^LongestBefore..] : before;
        var (alone, together) = (redactor.Redact(before), redactor.Redact(before + word));
        return together == alone + word ? word
            : together.StartsWith(alone, StringComparison.Ordinal) ? together[alone.Length..]
            : redactor.Erase(Rule, word, null, null);
    }
}
