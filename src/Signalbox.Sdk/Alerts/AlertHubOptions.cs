using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Signalbox.Sdk.Alerts;

/// <summary>How an <see cref="AlertHub"/> passes alerts on.</summary>
public sealed record AlertHubOptions
{
    /// <summary>For so long another alert of the same type and subject is a repetition. Default 5 min.</summary>
    public TimeSpan RepeatAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Alerts that <see cref="AlertHub.History"/> keeps. Default 256.</summary>
    public int HistoryLength { get; init; } = 256;

    /// <summary>Told of handlers that fail. Default: nobody.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;
}
