namespace Signalbox.Server.Platform.Control;

/// <summary>The control database cannot be reached or went away; whether the work in hand was done is not known.</summary>
internal sealed class ControlUnavailableException(string message, Exception? innerException) : Exception(message, innerException);
