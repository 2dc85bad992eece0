namespace Signalbox.Server.Platform.Leases;

/// <summary>Whether a lease can be had is not known: its provider does not answer, or a bound of this process is reached.</summary>
internal sealed class LeaseUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
