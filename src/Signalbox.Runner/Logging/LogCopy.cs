using System.Text;
using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Logging;

/// <summary>The file that log lines are copied to, each on its way to the operating system before the call returns.</summary>
internal sealed class LogCopy : TextWriter
{
    private readonly Lock _gate = new();
    private readonly TextWriter _errors;
    private readonly string _path;
    private FileStream? _file;
    private long _lost;

    /// <param name="errors">Told once when the file cannot be written.</param>
    public LogCopy(string path, TextWriter errors)
    {
        (_path, _errors) = (path, errors);
        try
        {
            _file = PrivateFiles.Open(path, FileMode.Append);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Tell(exception);
        }
    }

    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>Lines that were not written.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    public override void Write(char value) => Write(value.ToString());

    public override void Write(string? value)
    {
        lock (_gate)
        {
            if (_file is null)
            {
                _lost++;
                return;
            }

            try
            {
                _file.Write(Encoding.UTF8.GetBytes(value ?? string.Empty));
            }
            catch (IOException exception)
            {
                _lost++;
                _file.Dispose();
                _file = null;
                Tell(exception);
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            lock (_gate)
            {
                _file?.Dispose();
                _file = null;
            }
        }

        base.Dispose(disposing);
    }

    private void Tell(Exception exception) => _errors.Write($"cicd-runner: the log is not copied to {_path} any more: {exception.Message}\n");
}
