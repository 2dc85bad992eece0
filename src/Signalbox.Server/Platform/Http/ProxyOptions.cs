using System.Net;
using Signalbox.Settings;

namespace Signalbox.Server.Platform.Http;

/// <summary>Whose word is taken for where a request came from.</summary>
internal sealed record ProxyOptions
{
    public const string Auto = "auto";
    public const string Forwarded = "forwarded";
    public const string XForwardedFor = "x-forwarded-for";
    public const string XRealIp = "x-real-ip";

    private const string Key = "trusted_proxies";

    /// <summary>Empty when no proxy is trusted: then a request comes from the other end of its connection.</summary>
    public IReadOnlyList<IPNetwork> Trusted { get; init; } = [];

    /// <summary>The one header that the proxies write, or <see cref="Auto"/> for whichever is there.</summary>
    public string Header { get; init; } = Auto;

    public static ProxyOptions Read(SettingsReader settings)
    {
        var networks = new List<IPNetwork>();
        foreach (var text in settings.List(Key, "Addresses and networks (CIDR) of the proxies in front of this server; only their Forwarded, X-Forwarded-For and X-Real-IP headers are believed."))
        {
            if (TryParse(text, out var network))
            {
                networks.Add(network);
            }
            else
            {
                settings.Fail(Key, $"'{text}' is not allowed; write an address, such as 10.0.0.5, or a network without host bits, such as 10.0.0.0/8 or fd00::/8.");
            }
        }

        var header = settings.Choice(
            "trusted_proxies_header",
            Auto,
            "The header that the trusted proxies write; auto looks at Forwarded, X-Forwarded-For and X-Real-IP, and believes none where two name different clients, so name it when a proxy lets the others through.",
            Auto,
            Forwarded,
            XForwardedFor,
            XRealIp);
        return new ProxyOptions { Trusted = networks, Header = header };
    }

    public bool Trusts(IPAddress address)
    {
        for (var index = 0; index < Trusted.Count; index++)
        {
            if (Trusted[index].Contains(address))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryParse(string text, out IPNetwork network)
    {
        if (text.Contains('/', StringComparison.Ordinal))
        {
            return IPNetwork.TryParse(text, out network);
        }

        if (AddressText.Parse(text) is not { } address)
        {
            network = default;
            return false;
        }

        network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
        return true;
    }
}
