using System.Globalization;
using System.Text;

namespace Signalbox.Sdk.Redaction;

/// <summary>The way from the root of a tree to the node that is being looked at.</summary>
internal sealed class JsonPath
{
    private readonly List<(string? Name, int Index)> _segments = [];

    public int Depth => _segments.Count;

    public void Enter(string name) => _segments.Add((name, -1));

    public void Enter(int index) => _segments.Add((null, index));

    public void Leave() => _segments.RemoveAt(_segments.Count - 1);

    public bool IsAt(int depth, string segment) => string.Equals(Segment(depth), segment, StringComparison.OrdinalIgnoreCase);

    /// <returns>JSON Pointer. Source: https://www.rfc-editor.org/rfc/rfc6901</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        for (var depth = 0; depth < _segments.Count; depth++)
        {
            text.Append('/').Append(Segment(depth).Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
        }

        return text.ToString();
    }

    private string Segment(int depth) => _segments[depth] is (null, var index) ? index.ToString(CultureInfo.InvariantCulture) : _segments[depth].Name!;
}
