namespace Signalbox.Telemetry.Wire;

/// <summary>Bytes from outside do not follow the format they claim to be in; the message names what and where.</summary>
public class WireFormatException : FormatException
{
    public WireFormatException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
