namespace Signalbox.Server.Audit.Notes;

/// <summary>A text is not the note, checkpoint or key that it should be; the message says why.</summary>
internal sealed class NoteFormatException(string message) : Exception(message);
