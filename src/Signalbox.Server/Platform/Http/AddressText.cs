using System.Net;
using System.Net.Sockets;

namespace Signalbox.Server.Platform.Http;

/// <summary>Reads addresses as headers write them: with ports, brackets, zones, and IPv4 inside IPv6.</summary>
internal static class AddressText
{
    private const int Longest = 64;

    /// <returns>Null for everything that is no address, <c>unknown</c> and made-up names included; an IPv4 address wherever it stands for one.</returns>
    public static IPAddress? Parse(string text)
    {
        var span = text.AsSpan().Trim();
        if (span.Length is 0 or > Longest)
        {
            return null;
        }

        if (span[0] == '[')
        {
            var end = span.IndexOf(']');
            return end > 0 && IsPort(span[(end + 1)..]) ? ParseSix(span[1..end]) : null;
        }

        var colon = span.IndexOf(':');
        if (colon >= 0 && span.LastIndexOf(':') != colon)
        {
            return ParseSix(span);
        }

        return colon < 0 ? ParseFour(span) : IsPort(span[colon..]) ? ParseFour(span[..colon]) : null;
    }

    /// <summary>One form for each address, so that it compares.</summary>
    public static IPAddress Normal(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6 && address.ScopeId != 0 ? new IPAddress(address.GetAddressBytes()) : address;
    }

    /// <summary>What one subscriber has: an IPv4 address, or a whole /64 of IPv6, so that nobody counts as many.</summary>
    public static string Subscriber(IPAddress? address)
    {
        if (address is null || address.AddressFamily != AddressFamily.InterNetworkV6 || address.IsIPv4MappedToIPv6)
        {
            return address?.MapToIPv4().ToString() ?? string.Empty;
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes).ToString();
    }

    private static IPAddress? ParseSix(ReadOnlySpan<char> text)
    {
        // A zone means something on the machine that wrote it, and nothing here.
        var zone = text.IndexOf('%');
        var address = zone < 0 ? text : text[..zone];
        return address.IndexOf(':') >= 0 && IPAddress.TryParse(address, out var parsed) && parsed.AddressFamily == AddressFamily.InterNetworkV6 ? Normal(parsed) : null;
    }

    /// <summary>Four decimal numbers: the other forms that parsers take (octal, shortened) are how filters are led astray.</summary>
    private static IPAddress? ParseFour(ReadOnlySpan<char> text)
    {
        Span<byte> bytes = stackalloc byte[4];
        var part = 0;
        foreach (var range in text.Split('.'))
        {
            var digits = text[range];
            if (part == bytes.Length || digits.Length is 0 or > 3 || (digits.Length > 1 && digits[0] == '0') || !byte.TryParse(digits, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out bytes[part]))
            {
                return null;
            }

            part++;
        }

        return part == bytes.Length ? new IPAddress(bytes) : null;
    }

    // RFC 7239 allows made-up ports, too: "_" and letters.
    private static bool IsPort(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return true;
        }

        foreach (var character in text[1..])
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('_' or '.' or '-'))
            {
                return false;
            }
        }

        return text[0] == ':' && text.Length > 1;
    }
}
