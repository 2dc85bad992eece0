using Signalbox.Settings;

namespace Signalbox.Server.Audit.Search;

/// <summary>The bounds of the audit log's search.</summary>
internal sealed record SearchOptions
{
    /// <summary>Memory for the newest records' terms, over all tenants; about 5 MB a log that is written to.</summary>
    public long MemoryBytes { get; init; } = 256L << 20;

    /// <summary>Eras (of 16,384 events) that one request looks through at most.</summary>
    public int MostEras { get; init; } = 8192;

    public static SearchOptions Read(SettingsReader settings) => new()
    {
        MemoryBytes = settings.Bytes(
            "audit.search.memory", 256L << 20, 16L << 20, 64L << 30, "Memory for the terms of each tenant's newest audit events, about 5 MB a tenant that is active; beyond it the tenant that was quiet for longest is read again when needed."),
        MostEras = (int)settings.Integer(
            "audit.search.eras", 8192, 16, 1_000_000, "Eras of 16,384 audit events that one search goes through before it answers with what it has found and a cursor to go on from."),
    };
}
