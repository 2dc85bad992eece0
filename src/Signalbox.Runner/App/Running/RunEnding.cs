using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using Signalbox.Runner.Auditing;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Readings;
using Signalbox.Runner.Readings.Report;

namespace Signalbox.Runner.App.Running;

/// <summary>Closes the books of a run: takes the last facts, computes all readings and writes their files.</summary>
internal sealed class RunEnding(RunBeginning run, FactLog facts, RunReading reading, ILogger logger)
{
    /// <param name="ended">The last fact of the run, as far as it is known yet.</param>
    /// <param name="stream">Null when the output was not read.</param>
    public RunDocuments Close(RunnerEvent ended, StreamReport? stream)
    {
        reading.Complete();
        var outcome = reading.Preview(ended);
        logger.RunEnded(outcome.ExitCode ?? 0, outcome.Reason, outcome.DurationSeconds ?? 0, outcome.Detail ?? string.Empty);

        // The report speaks of the log as it is now; whatever is logged of telling others comes too late for it.
        var log = new FileInfo(run.Folder.File(RunFiles.Log));
        facts.Record(ended with
        {
            Values = new Dictionary<string, string>(ended.Values, StringComparer.Ordinal)
            {
                [EndedValues.LogBytes] = (log.Exists ? log.Length : 0).ToString(CultureInfo.InvariantCulture),
            },
        });
        var documents = RunDocuments.Make(reading, run.Folder, AuditFile(reading.Audit), stream, revision: 1);
        Write(documents);
        return documents;
    }

    /// <summary>The content of <c>audit.jsonl</c> in its final order.</summary>
    public static byte[] AuditFile(AuditReading audit)
    {
        using var lines = new MemoryStream();
        foreach (var record in audit.Records)
        {
            lines.Write(Encoding.UTF8.GetBytes(AuditLine.Text(record)));
            lines.WriteByte((byte)'\n');
        }

        return lines.ToArray();
    }

    private void Write(RunDocuments documents)
    {
        foreach (var (name, content) in documents.Files)
        {
            try
            {
                PrivateFiles.Replace(run.Folder.File(name), content);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                logger.FileNotWritten(name, exception.Message);
            }
        }
    }
}
