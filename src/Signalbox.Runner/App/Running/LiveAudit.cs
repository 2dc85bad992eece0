using Signalbox.Runner.Auditing;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Logging;

namespace Signalbox.Runner.App.Running;

/// <summary>Puts each audit record, as soon as it is certain, into its file and the log, and on its way to a server.</summary>
/// <remarks>Called by one thread at a time. The file is put into its final order when the run has ended.</remarks>
/// <param name="further">A second file that gets every record as it comes; null for none.</param>
/// <param name="send">Takes the record on its way to a server; must not wait.</param>
internal sealed class LiveAudit(RunFolder folder, string? further, RunnerLogging logging, Action<AuditRecord> send) : IDisposable
{
    private AppendFile? _file;
    private AppendFile? _further;

    /// <summary>Records that a file did not take, as on a full disk; they are in the log all the same.</summary>
    public long NotWritten { get; private set; }

    /// <summary>Why the first of them was not written.</summary>
    public string? Failure { get; private set; }

    public void Take(AuditRecord record)
    {
        var line = AuditLine.Text(record);
        var bytes = System.Text.Encoding.UTF8.GetBytes(line + "\n");
        Append(ref _file, folder.File(RunFiles.Audit), bytes, mayWait: false);
        if (further is not null)
        {
            Append(ref _further, further, bytes, mayWait: true);
        }

        logging.WriteLine(line, AuditLine.Message(record));
        send(record);
    }

    public void Dispose()
    {
        _file?.Dispose();
        _further?.Dispose();
    }

    private void Append(ref AppendFile? file, string path, byte[] line, bool mayWait)
    {
        try
        {
            file ??= new AppendFile(path, mayWait);
            file.Append(line);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            NotWritten++;
            Failure ??= exception.Message;
        }
    }
}
