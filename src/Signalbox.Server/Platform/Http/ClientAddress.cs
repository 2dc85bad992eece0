using System.Net;

namespace Signalbox.Server.Platform.Http;

/// <summary>Where a request came from.</summary>
/// <param name="Address">The client's, as far as trusted proxies tell it; null when the connection has none.</param>
/// <param name="Peer">The other end of the connection.</param>
/// <param name="Chain">What the headers claimed, as it came, whether it was believed or not; null when they claimed nothing.</param>
internal sealed record ClientAddress(IPAddress? Address, IPAddress? Peer, string? Chain)
{
    private const int LongestChain = 1_024;

    /// <summary>Looks at a request's headers, from the proxy next to this server on, for as long as each hop is trusted.</summary>
    public static ClientAddress Of(ProxyOptions options, IPAddress? remote, IHeaderDictionary headers)
    {
        var peer = remote is null ? null : AddressText.Normal(remote);
        if (Header(options, headers) is not var (name, value))
        {
            return new ClientAddress(peer, peer, null);
        }

        var chosen = peer is not null && options.Trusts(peer) ? Walk(options, peer, Hops(name, value)) : peer;
        return new ClientAddress(chosen, peer, value.Length <= LongestChain ? value : value[^LongestChain..]);
    }

    /// <summary>The address that counts as the client's: for slowing down whoever guesses, and for people.</summary>
    public static IPAddress? Of(HttpContext context) => context.Features.Get<ClientAddress>() is { } known ? known.Address : context.Connection.RemoteIpAddress;

    private static IPAddress Walk(ProxyOptions options, IPAddress peer, IReadOnlyList<string> hops)
    {
        var address = peer;
        for (var index = hops.Count - 1; index >= 0 && options.Trusts(address); index--)
        {
            if (AddressText.Parse(hops[index]) is not { } before)
            {
                // Whoever spoke to the last trusted proxy is not known, so the proxy stands for it.
                break;
            }

            address = before;
        }

        return address;
    }

    private static IReadOnlyList<string> Hops(string name, string value) => name switch
    {
        "Forwarded" => ForwardedHeader.For(value),
        "X-Real-IP" => [value],
        _ => value.Split(','),
    };

    private static (string Name, string Value)? Header(ProxyOptions options, IHeaderDictionary headers)
    {
        foreach (var (name, choice) in (ReadOnlySpan<(string, string)>)[("Forwarded", ProxyOptions.Forwarded), ("X-Forwarded-For", ProxyOptions.XForwardedFor), ("X-Real-IP", ProxyOptions.XRealIp)])
        {
            if (options.Header is ProxyOptions.Auto || options.Header == choice)
            {
                // Several headers of one name are one list.
                var value = headers[name];
                if (value.Count > 0)
                {
                    return (name, string.Join(", ", (IEnumerable<string?>)value));
                }
            }
        }

        return null;
    }
}
