namespace Signalbox.Server.Platform.Control;

/// <summary>More writes are waiting for the control database than <c>control.queue_length</c> allows; the caller may try again.</summary>
internal sealed class ControlBusyException() : Exception("Too many writes are waiting for the control database (control.queue_length). Try again in a moment.");
