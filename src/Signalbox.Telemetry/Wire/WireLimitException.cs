using System.Globalization;

namespace Signalbox.Telemetry.Wire;

/// <summary>Bytes from outside are refused because they exceed a named bound.</summary>
public sealed class WireLimitException : WireFormatException
{
    /// <param name="limitName">The bound's name as the sender can find it in the documentation.</param>
    /// <param name="limit">The bound's value, in bytes unless the name says otherwise.</param>
    public WireLimitException(string limitName, long limit)
        : base(string.Create(CultureInfo.InvariantCulture, $"The request exceeds the limit {limitName} = {limit}."))
    {
        LimitName = limitName;
        Limit = limit;
    }

    public string LimitName { get; }

    public long Limit { get; }
}
