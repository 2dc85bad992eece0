using System.Text;
using Microsoft.Extensions.Logging;
using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Reports;

/// <summary>Puts the summary where people find it: a file of their choice, and the page of a run on GitHub.</summary>
/// <param name="stepSummary">The value of <c>GITHUB_STEP_SUMMARY</c>; null when it is not set.</param>
internal sealed class SummaryFiles(SummaryOptions options, string? stepSummary, ILogger logger)
{
    /// <summary>What GitHub takes of one step. Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands</summary>
    public const int MaxStepSummaryBytes = 1024 * 1024;

    private const string Cut = "\n\n*The summary is cut here: the page of a step takes 1 MiB. The whole is in `summary.md` of the run's folder.*\n";

    /// <summary>Writes the summary; what cannot be written is a warning in the log and nothing more.</summary>
    public void Write(string summary)
    {
        if (options.File is { } file)
        {
            Try(file, () => WholeFile.Write(file, summary));
        }

        if (options.StepSummary && !string.IsNullOrEmpty(stepSummary))
        {
            Try(stepSummary, () => Append(stepSummary, summary));
        }
    }

    /// <summary>As much of a text as has room, cut at the end of a line, with a sentence that says so; empty when not even that has room.</summary>
    /// <param name="room">In bytes of UTF-8.</param>
    public static string Fit(string text, long room)
    {
        if (Encoding.UTF8.GetByteCount(text) <= room)
        {
            return text;
        }

        var left = room - Encoding.UTF8.GetByteCount(Cut);
        var end = 0;
        while (left > 0)
        {
            var next = text.IndexOf('\n', end) + 1;
            left -= next == 0 ? left : Encoding.UTF8.GetByteCount(text.AsSpan(end, next - end));
            end = next > 0 && left >= 0 ? next : end;
        }

        return end == 0 ? string.Empty : text[..end] + Cut;
    }

    private static void Append(string path, string text)
    {
        // The command can have put a pipe there, or the user a device: neither has a length, and nobody is waited for.
        using var file = new AppendFile(path);
        var (length, endOfLine) = (file.Length, 1);
        file.Append(Encoding.UTF8.GetBytes(Fit(length > 0 ? "\n" + text : text, MaxStepSummaryBytes - length - endOfLine)));
    }

    private void Try(string path, Action write)
    {
        try
        {
            write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.SummaryNotWritten(path, exception.Message);
        }
    }
}
