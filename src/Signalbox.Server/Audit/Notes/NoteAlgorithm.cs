namespace Signalbox.Server.Audit.Notes;

/// <summary>How a key signs notes; the values are those of the specification.</summary>
/// <remarks>Source: https://c2sp.org/signed-note@v1.0.0#signature-types</remarks>
internal enum NoteAlgorithm : byte
{
    /// <summary>Ed25519 over the note's text.</summary>
    Ed25519 = 1,

    /// <summary>Ed25519 over a time and the note's text: a witness's statement of what it had seen by then.</summary>
    Cosignature = 4,
}
