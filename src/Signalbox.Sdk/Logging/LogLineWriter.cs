using Signalbox.Sdk.Redaction;

namespace Signalbox.Sdk.Logging;

/// <summary>Turns entries into lines and writes each whole, one at a time.</summary>
internal abstract class LogLineWriter(LogLineOptions options)
{
    private readonly Lock _gate = new();

    protected LogLineOptions Options => options;

    private Redactor? Redactor => options.CurrentRedactor is { } current ? current() : options.Redactor;

    public void Write(in LogEntry entry)
    {
        var line = Format(entry);
        lock (_gate)
        {
            options.Output.Write(line);
            options.Output.Flush();
        }
    }

    /// <returns>One line, its line feed included.</returns>
    protected abstract string Format(in LogEntry entry);

    /// <summary>A field's value as it is written: erased whole where its name says that it is a secret.</summary>
    protected string Shown(string name, string value) => Shorten(Redactor?.RedactNamed(name, value) ?? value);

    /// <summary>A text as it is written: without secrets, and no longer than the bound.</summary>
    protected string Cut(string text) => Shorten(Redactor?.Redact(text) ?? text);

    private string Shorten(string text)
    {
        if (text.Length <= options.MaxValueLength)
        {
            return text;
        }

        // Never between the halves of a surrogate pair.
        var end = char.IsHighSurrogate(text[options.MaxValueLength - 1]) ? options.MaxValueLength - 1 : options.MaxValueLength;
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{text.AsSpan(0, end)}… ({text.Length - end} more)");
    }
}
