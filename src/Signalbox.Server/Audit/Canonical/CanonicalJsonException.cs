namespace Signalbox.Server.Audit.Canonical;

/// <summary>Says why a value has no canonical form.</summary>
internal sealed class CanonicalJsonException(string message) : Exception(message);
