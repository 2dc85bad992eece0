using System.Text;

namespace Signalbox.Server.Platform.Http;

/// <summary>Reads the header <c>Forwarded</c>.</summary>
/// <remarks>Source: https://www.rfc-editor.org/rfc/rfc7239#section-4</remarks>
internal static class ForwardedHeader
{
    /// <returns>What each hop said of whom it heard from, the last hop last; empty where it said nothing or nothing readable.</returns>
    public static IReadOnlyList<string> For(string header)
    {
        var hops = new List<string>();
        var position = 0;
        while (position <= header.Length)
        {
            hops.Add(Element(header, ref position));
        }

        return hops;
    }

    /// <summary>Reads up to and over the next comma.</summary>
    private static string Element(string header, ref int position)
    {
        var node = string.Empty;
        var isSound = true;
        while (true)
        {
            var name = Token(header, ref position);
            if (position < header.Length && header[position] == '=')
            {
                position++;
                var value = Value(header, ref position, ref isSound);
                if (name.Equals("for", StringComparison.OrdinalIgnoreCase))
                {
                    // Said twice, it says nothing.
                    isSound &= node.Length == 0;
                    node = value;
                }
            }
            else
            {
                isSound &= name.Length == 0;
            }

            if (position >= header.Length || header[position] == ',')
            {
                position++;
                return isSound ? node : string.Empty;
            }

            isSound &= header[position] == ';';
            position++;
        }
    }

    private static string Token(string header, ref int position)
    {
        var start = position;
        while (position < header.Length && header[position] is not ('=' or ';' or ',' or '"'))
        {
            position++;
        }

        return header[start..position].Trim();
    }

    private static string Value(string header, ref int position, ref bool isSound)
    {
        if (position >= header.Length || header[position] != '"')
        {
            return Token(header, ref position);
        }

        var value = new StringBuilder();
        for (position++; position < header.Length && header[position] != '"'; position++)
        {
            if (header[position] == '\\' && position + 1 < header.Length)
            {
                position++;
            }

            value.Append(header[position]);
        }

        if (position >= header.Length)
        {
            isSound = false;
            return string.Empty;
        }

        position++;
        isSound &= Token(header, ref position).Length == 0;
        return value.ToString();
    }
}
