using System.Text;
using Signalbox.Server.Jobs.Running.Output;

namespace Signalbox.Server.Jobs.Running.Handlers;

/// <summary>Writes a handler's text to its run's output, as it comes. Thread-safe.</summary>
internal sealed class HandlerOutput : TextWriter
{
    private readonly RunOutput _output;
    private readonly Lock _gate = new();

    /// <summary>Remembers the first half of a surrogate pair that is written in two calls.</summary>
    private readonly Encoder _encoder = Encoding.UTF8.GetEncoder();

    public HandlerOutput(RunOutput output)
        : base(System.Globalization.CultureInfo.InvariantCulture)
    {
        _output = output;
        CoreNewLine = ['\n'];
    }

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => Write([value]);

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer)
    {
        lock (_gate)
        {
            var bytes = new byte[Encoding.UTF8.GetMaxByteCount(buffer.Length + 1)];
            var count = _encoder.GetBytes(buffer, bytes, flush: false);
            _output.Write(OutputStream.Out, bytes.AsSpan(0, count));
        }
    }

    /// <summary>A line in one piece, so that lines of several threads do not mix.</summary>
    public override void WriteLine(string? value) => Write($"{value}\n");

    public override void WriteLine() => Write("\n");
}
