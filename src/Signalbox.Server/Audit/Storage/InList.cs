using System.Globalization;
using Dapper;

namespace Signalbox.Server.Audit.Storage;

/// <summary>Writes the list of an IN with a parameter for each text, which every engine takes and looks up in its index.</summary>
internal static class InList
{
    /// <returns>Such as <c>(@in0, @in1)</c>; never empty parentheses, which no engine takes.</returns>
    public static string Of(DynamicParameters parameters, IReadOnlyCollection<string> values)
    {
        ArgumentOutOfRangeException.ThrowIfZero(values.Count);
        return $"({string.Join(", ", values.Select((value, index) =>
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"in{index}");
            parameters.Add(name, value);
            return "@" + name;
        }))})";
    }
}
