using System.Text.Json.Nodes;

namespace Signalbox.Sdk.Redaction;

/// <summary>A place where something was erased.</summary>
/// <param name="Path">JSON Pointer of the string or the member (RFC 6901); empty for a plain text and for the root.</param>
/// <param name="Rule">The rule's id; <c>field</c> for a member erased by its name, <c>mask</c> for one erased by its pointer.</param>
/// <param name="Offset">Where the marker begins in the redacted string, in UTF-16 units.</param>
/// <param name="Length">Length of the marker.</param>
public readonly record struct RedactedPlace(string Path, string Rule, int Offset, int Length);

/// <summary>A redacted text and what was erased from it.</summary>
/// <param name="Text">The very instance that was given when nothing was erased.</param>
/// <param name="Places">In the order of the text.</param>
public sealed record RedactionResult(string Text, IReadOnlyList<RedactedPlace> Places);

/// <summary>A redacted tree and what was erased from it.</summary>
/// <param name="Node">The very instance that was given when nothing was erased, otherwise a copy.</param>
/// <param name="Places">In the order of the tree.</param>
public sealed record JsonRedactionResult(JsonNode? Node, IReadOnlyList<RedactedPlace> Places);
