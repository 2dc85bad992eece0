namespace Signalbox.Server.Platform;

/// <summary>The program cannot start, or a command cannot go on, for a reason outside it; the message is the sentence its user reads.</summary>
internal sealed class StartupException(string message, Exception? innerException = null) : Exception(message, innerException);
