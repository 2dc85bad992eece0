using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Signalbox.Runner.Agents.Mapping;

/// <summary>What the values of a mapping are looked up in: a line, and the element that an entry with <c>each</c> has come to.</summary>
/// <param name="Session">Id of the session that the lines before told of, as a JSON text; <c>unknown</c> before the first.</param>
/// <param name="Each">The line itself in an entry without <c>each</c>.</param>
/// <param name="Index">From 0.</param>
internal readonly record struct MappedLine(JsonElement Root, JsonElement Session, JsonElement Each, int Index)
{
    public JsonElement IndexElement => JsonElement.Parse(Encoding.ASCII.GetBytes(Index.ToString(CultureInfo.InvariantCulture)));
}
