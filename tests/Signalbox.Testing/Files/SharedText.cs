using System.Text;

namespace Signalbox.Testing.Files;

/// <summary>Text that a test reads while a server's threads still write it.</summary>
public sealed class SharedText : TextWriter
{
    private readonly Lock _gate = new();
    private readonly StringBuilder _text = new();

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value)
    {
        lock (_gate)
        {
            _text.Append(value);
        }
    }

    public override void Write(string? value)
    {
        lock (_gate)
        {
            _text.Append(value);
        }
    }

    /// <returns>What was written until now.</returns>
    public override string ToString()
    {
        lock (_gate)
        {
            return _text.ToString();
        }
    }
}
