using Signalbox.Server.Platform.Access;

namespace Signalbox.Server.Platform.Audit;

/// <summary>Who asks, and from where, for everything that is recorded while it is open; it flows with the request, or with the loop that opened it.</summary>
internal sealed class AuditScope
{
    private static readonly AsyncLocal<AuditScope?> Ambient = new();

    private int _recorded;

    /// <summary>Null where neither a request nor a named loop is at work.</summary>
    public static AuditScope? Current => Ambient.Value;

    /// <summary>What kind of caller: <c>api</c>, <c>console</c>, <c>cli</c>, <c>system</c>, <c>job</c>, <c>sdk</c>, <c>runner</c> …</summary>
    public required string Source { get; init; }

    /// <summary>Name of the loop, such as <c>jobs.retention</c>; null for a request.</summary>
    public string? Loop { get; init; }

    public string? RequestId { get; init; }

    /// <summary>32 hexadecimal digits.</summary>
    public string? TraceId { get; init; }

    /// <summary>The client's, as far as trusted proxies tell it.</summary>
    public string? Address { get; init; }

    /// <summary>The other end of the connection.</summary>
    public string? Peer { get; init; }

    /// <summary>What the headers claimed, as it came; bounded.</summary>
    public string? AddressChain { get; init; }

    /// <summary>As it came; bounded.</summary>
    public string? UserAgent { get; init; }

    /// <summary>Who asks, once that is known.</summary>
    public AuditActor? Principal { get; set; }

    /// <summary>The tenant that the caller works in, once that is known.</summary>
    public string? Tenant { get; set; }

    /// <summary>How many records were made in it.</summary>
    public int Recorded => Volatile.Read(ref _recorded);

    /// <summary>Opens a scope until what is returned is disposed of.</summary>
    public static Opened Open(AuditScope scope)
    {
        var before = Ambient.Value;
        Ambient.Value = scope;
        return new Opened(before);
    }

    /// <summary>Opens a scope for a loop of the server itself.</summary>
    /// <param name="loop">Slice and loop, such as <c>jobs.retention</c>.</param>
    public static Opened Background(string loop) => Open(new AuditScope { Source = "system", Loop = loop, Principal = AuditActor.System });

    /// <summary>Tells who asks, whether it will be let through or not.</summary>
    public void Identify(Principal principal) => (Principal, Tenant) = (AuditActor.Of(principal), principal.Tenant.Value);

    /// <summary>Tells that a record made in this scope is certain.</summary>
    public void Noted() => Interlocked.Increment(ref _recorded);

    /// <summary>A copy to be kept for long, in which no text is longer than so many characters and a mark.</summary>
    public AuditScope Kept(int longest) => new()
    {
        Source = Source,
        Loop = Loop,
        RequestId = RequestId,
        TraceId = TraceId,
        Address = Address,
        Peer = Peer,
        AddressChain = Short(AddressChain, longest),
        UserAgent = Short(UserAgent, longest),
        Principal = Principal,
        Tenant = Tenant,
    };

    /// <summary>The text, or its beginning and a mark.</summary>
    internal static string? Short(string? text, int longest) => text is null || text.Length <= longest ? text : string.Concat(text.AsSpan(0, longest), "…");

    /// <summary>Closes a scope.</summary>
    internal readonly struct Opened(AuditScope? before) : IDisposable
    {
        public void Dispose() => Ambient.Value = before;
    }
}
