using System.Net;

namespace Signalbox.Server.Platform.Http;

/// <summary>Where a request came from.</summary>
/// <param name="Address">The client's, as far as trusted proxies tell it; null when the connection has none.</param>
/// <param name="Peer">The other end of the connection.</param>
/// <param name="Chain">What the headers claimed, as it came, whether it was believed or not, each after its name where there are several; null when they claimed nothing.</param>
internal sealed record ClientAddress(IPAddress? Address, IPAddress? Peer, string? Chain)
{
    private const int LongestChain = 1_024;

    /// <summary>In characters, between two headers.</summary>
    private const int Separator = 3;

    private static readonly (string Name, string Choice)[] Headers = [("Forwarded", ProxyOptions.Forwarded), ("X-Forwarded-For", ProxyOptions.XForwardedFor), ("X-Real-IP", ProxyOptions.XRealIp)];

    /// <summary>Looks at a request's headers, from the proxy next to this server on, for as long as each hop is trusted.</summary>
    /// <remarks>
    /// A proxy that writes one of the headers may pass on the others as a client made them up. So where two of them name different clients none is
    /// believed, and the proxy stands for whoever it was.
    /// </remarks>
    public static ClientAddress Of(ProxyOptions options, IPAddress? remote, IHeaderDictionary headers)
    {
        var peer = remote is null ? null : AddressText.Normal(remote);
        var claims = Claims(options, headers);
        if (claims.Count == 0)
        {
            return new ClientAddress(peer, peer, null);
        }

        if (peer is null || !options.Trusts(peer))
        {
            return new ClientAddress(peer, peer, ChainOf(claims));
        }

        var told = claims.ConvertAll(claim => Walk(options, peer, Hops(claim.Name, claim.Value)));

        // A header that ends at a proxy says nothing about the client.
        var clients = told.Where(address => !options.Trusts(address)).Distinct().ToList();
        var chosen = clients.Count switch
        {
            0 => told[0],
            1 => clients[0],
            _ => peer,
        };
        return new ClientAddress(chosen, peer, ChainOf(claims));
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

    private static List<(string Name, string Value)> Claims(ProxyOptions options, IHeaderDictionary headers)
    {
        var claims = new List<(string Name, string Value)>();
        foreach (var (name, choice) in Headers)
        {
            if (options.Header is ProxyOptions.Auto || options.Header == choice)
            {
                // Several headers of one name are one list.
                var value = headers[name];
                if (value.Count > 0)
                {
                    claims.Add((name, string.Join(", ", (IEnumerable<string?>)value)));
                }
            }
        }

        return claims;
    }

    private static string ChainOf(List<(string Name, string Value)> claims)
    {
        if (claims.Count == 1)
        {
            return NearEnd(claims[0].Value, LongestChain);
        }

        // Each has its share, so that a long one cannot push another out.
        return string.Join(" | ", claims.Select(claim => NearEnd($"{claim.Name}: {claim.Value}", (LongestChain / claims.Count) - Separator)));
    }

    private static string NearEnd(string value, int longest) => value.Length <= longest ? value : value[^longest..];
}
