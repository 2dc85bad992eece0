namespace Signalbox.Server.Audit.Records;

/// <summary>A record as it will be stored: redacted, cut to size, canonical.</summary>
/// <param name="Id">36 characters; a UUIDv7 unless <paramref name="Keyed"/>.</param>
/// <param name="TimeMs">The server's time, in milliseconds since 1970.</param>
/// <param name="Body">Canonical JSON of at most 65,535 bytes; owned by the record, never changed.</param>
/// <param name="Keyed">The id came from outside, so the log may hold it already.</param>
internal sealed record PreparedRecord(string Id, string Tenant, long TimeMs, byte[] Body, bool Keyed = false);
