using Signalbox.Telemetry.Wire;

namespace Signalbox.Server.Ingest.Otlp;

/// <summary>What became of an OTLP request.</summary>
internal abstract record OtlpOutcome
{
    private OtlpOutcome()
    {
    }

    /// <summary>The request was taken, if with refused points.</summary>
    /// <param name="Message">Why points were refused; null when none was.</param>
    internal sealed record Taken(long RejectedPoints, string? Message) : OtlpOutcome;

    /// <summary>The request cannot be read; sending it again will not help.</summary>
    internal sealed record Malformed(string Message) : OtlpOutcome;

    /// <summary>The request is larger than it may be; sending it again will not help.</summary>
    internal sealed record TooLarge(string Message) : OtlpOutcome;

    /// <summary>The request may go well later.</summary>
    internal sealed record ComeBack(string Message, TimeSpan After) : OtlpOutcome;

    /// <summary>The error that the sender is told; null when the request was taken.</summary>
    public RpcStatus? Error => this switch
    {
        Malformed malformed => new RpcStatus(RpcCode.InvalidArgument, malformed.Message),
        TooLarge tooLarge => new RpcStatus(RpcCode.ResourceExhausted, tooLarge.Message),
        ComeBack later => new RpcStatus(RpcCode.Unavailable, later.Message, later.After),
        _ => null,
    };
}
