using Signalbox.Runner.Auditing;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Logging;

namespace Signalbox.Runner.App.Running;

/// <summary>Puts each audit record, as soon as it is certain, into its file and the log, and on its way to a server.</summary>
/// <remarks>Called by one thread at a time. The file is put into its final order when the run has ended.</remarks>
/// <param name="send">Takes the record on its way to a server; must not wait.</param>
internal sealed class LiveAudit(RunFolder folder, RunnerLogging logging, Action<AuditRecord> send) : IDisposable
{
    private AppendFile? _file;

    /// <summary>Records that the file did not take, as on a full disk; they are in the log all the same.</summary>
    public long NotWritten { get; private set; }

    public void Take(AuditRecord record)
    {
        var line = AuditLine.Text(record);
        try
        {
            _file ??= new AppendFile(folder.File(RunFiles.Audit));
            _file.Append(System.Text.Encoding.UTF8.GetBytes(line + "\n"));
        }
        catch (IOException)
        {
            NotWritten++;
        }

        logging.WriteLine(line, AuditLine.Message(record));
        send(record);
    }

    public void Dispose() => _file?.Dispose();
}
