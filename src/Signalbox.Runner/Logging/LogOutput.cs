using System.Text;

namespace Signalbox.Runner.Logging;

/// <summary>Where log lines are shown, as long as somebody takes them: a reader that is gone, or a full disk, ends the showing and not the run; one that takes none for a while misses some.</summary>
/// <remarks>Not thread-safe. What is not shown any more is still copied to the run's folder.</remarks>
internal sealed class LogOutput(TextWriter to) : TextWriter
{
    private TextWriter? _to = to;
    private long _lost;

    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>Writes that nobody took.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    public override void Write(char value) => Write(value.ToString());

    public override void Write(string? value) => Try(value, static (writer, text) => writer.Write(text));

    public override void Flush() => Try(null, static (writer, _) => writer.Flush());

    private void Try(string? value, Action<TextWriter, string?> write)
    {
        if (_to is not null)
        {
            try
            {
                write(_to, value);
                return;
            }
            catch (TimeoutException)
            {
                // Whoever reads may go on later.
            }
            catch (IOException)
            {
                // Counted, and told of where the log is copied to: here nobody would read it.
                _to = null;
            }
        }

        if (value is not null)
        {
            Interlocked.Increment(ref _lost);
        }
    }
}
