using System.Text;

namespace Signalbox.Runner.Logging;

/// <summary>Writes each line to two places.</summary>
internal sealed class LogTee(TextWriter first, TextWriter second) : TextWriter
{
    public override Encoding Encoding => first.Encoding;

    public override void Write(char value) => Write(value.ToString());

    public override void Write(string? value)
    {
        first.Write(value);
        second.Write(value);
    }

    public override void Flush()
    {
        first.Flush();
        second.Flush();
    }
}
