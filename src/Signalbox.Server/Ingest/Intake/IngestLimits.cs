using Signalbox.Settings;

namespace Signalbox.Server.Ingest.Intake;

/// <summary>What one request may bring, and how many are served at a time.</summary>
internal sealed record IngestLimits
{
    /// <summary>After decompression.</summary>
    public int OtlpMaxBodyBytes { get; init; } = 64 << 20;

    /// <summary>After decompression.</summary>
    public int RemoteWriteMaxBodyBytes { get; init; } = 32 << 20;

    public int MaxSamplesPerRequest { get; init; } = 1_000_000;

    public int MaxConcurrentRequests { get; init; } = 32;

    /// <summary>Requests that wait for one of those to end; further ones are sent away to come back.</summary>
    public int MaxWaitingRequests { get; init; } = 128;

    public int MaxSourcesPerTenant { get; init; } = 500;

    public static IngestLimits Read(SettingsReader settings)
    {
        var defaults = new IngestLimits();
        return new IngestLimits
        {
            OtlpMaxBodyBytes = (int)settings.Bytes(LimitNames.OtlpMaxBodyBytes, defaults.OtlpMaxBodyBytes, 1024, 1 << 30, "Longest OTLP request, after decompression."),
            RemoteWriteMaxBodyBytes = (int)settings.Bytes(LimitNames.RemoteWriteMaxBodyBytes, defaults.RemoteWriteMaxBodyBytes, 1024, 1 << 30, "Longest remote-write request, after decompression."),
            MaxSamplesPerRequest = (int)settings.Integer(LimitNames.MaxSamplesPerRequest, defaults.MaxSamplesPerRequest, 1, 100_000_000, "Most samples that one request may bring."),
            MaxConcurrentRequests = (int)settings.Integer(LimitNames.MaxConcurrentRequests, defaults.MaxConcurrentRequests, 1, 10_000, "Ingest requests served at the same time."),
            MaxWaitingRequests = (int)settings.Integer(LimitNames.MaxWaitingRequests, defaults.MaxWaitingRequests, 0, 100_000, "Ingest requests that wait for their turn; further ones are told to come back."),
            MaxSourcesPerTenant = (int)settings.Integer(LimitNames.MaxSourcesPerTenant, defaults.MaxSourcesPerTenant, 1, 100_000, "Senders that are remembered a tenant; the one unseen longest makes room."),
        };
    }
}
