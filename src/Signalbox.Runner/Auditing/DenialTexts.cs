namespace Signalbox.Runner.Auditing;

/// <summary>Tells from a tool's answer whether a permission was missing, or whether the tool ran and failed.</summary>
/// <remarks>
/// Only how an answer begins counts, because what follows may be anything: a command's output, a file's content. That a system refuses something to a command that did run
/// (<c>bash: ./deploy: Permission denied</c>, a push that the platform rejects) is a failure, no denial.
/// </remarks>
internal static class DenialTexts
{
    private const int MostCompared = 600;

    /// <summary>Beginnings; <c>*</c> stands for a text without line end.</summary>
    private static readonly string[] Known =
    [
        "Claude requested permissions to *, but you haven't granted it yet",
        "Claude requested permissions to *, but you have not granted it yet",
        "The user doesn't want to proceed with this tool use",
        "The user doesn't want to take this action right now",
        "Permission to use * has been denied",
        "Permission to use * is denied",
        "Permission to * has been denied",
        "Permission for this action has been denied",
        "Permission for this tool use was denied",
        "Permission denied by * policy",
        "Tool permission request failed",
        "Tool use was rejected",
        "This command requires approval",
        "This Bash command contains multiple operations. The following part* require* approval",
        "This tool requires approval",
        "File is in a directory that is denied by your permission settings",
        "File is denied by your permission settings",
        "Path is denied by your permission settings",
        "Hook PreToolUse:* denied this tool",
        "PreToolUse:* hook error",
        "* operation blocked by hook",
        "Blocked by hook",
        "Denied by policy",
        "Denied by cicd-runner",
        "Output redirection to * was blocked. For security, Claude Code may only",
        "* was blocked. For security, Claude Code may only",
        "* in '*' was blocked. For security, Claude Code",
    ];

    private static readonly string[] Wrappings = ["<tool_use_error>", "Error: ", "error: "];

    /// <param name="more">Beginnings that the configuration adds.</param>
    public static bool Tell(string? text, IReadOnlyList<string> more)
    {
        if (text is null)
        {
            return false;
        }

        var begin = text.AsSpan(0, Math.Min(text.Length, MostCompared)).TrimStart();
        foreach (var wrapping in Wrappings)
        {
            begin = begin.StartsWith(wrapping, StringComparison.Ordinal) ? begin[wrapping.Length..].TrimStart() : begin;
        }

        var line = begin.IndexOfAny('\r', '\n');
        begin = line < 0 ? begin : begin[..line];
        foreach (var pattern in Known)
        {
            if (Begins(begin, pattern))
            {
                return true;
            }
        }

        foreach (var beginning in more)
        {
            if (Begins(begin, beginning))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Parts between stars are looked for one after the other, the first at the very beginning; the earliest place is as good as any.</summary>
    private static bool Begins(ReadOnlySpan<char> text, ReadOnlySpan<char> pattern)
    {
        var first = true;
        foreach (var range in pattern.Split('*'))
        {
            var part = pattern[range];
            var at = first ? (text.StartsWith(part, StringComparison.OrdinalIgnoreCase) ? 0 : -1) : text.IndexOf(part, StringComparison.OrdinalIgnoreCase);
            if (at < 0)
            {
                return false;
            }

            text = text[(at + part.Length)..];
            first = false;
        }

        return true;
    }
}
