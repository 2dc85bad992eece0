namespace Signalbox.Server.Audit.Records;

/// <summary>One value that is in a record only in part, with what proves the whole.</summary>
/// <param name="Path">JSON Pointer into the record: where the rest of the value stands, with a marker at its end or in its place.</param>
/// <param name="Length">Bytes of the original: of a text in UTF-8, of anything else in canonical JSON.</param>
/// <param name="Sha256">Of these bytes, in lower-case hexadecimal; null for what was nested too deep to be looked into.</param>
/// <param name="OfName">It is the member's name that was cut.</param>
internal sealed record RecordCut(string Path, long Length, string? Sha256, bool OfName = false);

/// <summary>One place from which a secret was erased before anything else was done with the record.</summary>
/// <param name="Path">JSON Pointer into the record; below <c>/after</c> for the new object, of which the record keeps only what changed.</param>
/// <param name="Rule">Id of the rule that found it.</param>
internal sealed record RecordErasure(string Path, string Rule);

/// <summary>What something was done to, as a record has it.</summary>
internal sealed record RecordResource(string Type, string Id, string Name, string? Path);
