using System.Globalization;
using Signalbox.PromQL.Syntax;

namespace Signalbox.PromQL;

/// <summary>One mistake in a query's text.</summary>
/// <param name="Message">What is wrong, without the position.</param>
/// <param name="Start">Offset of the first character it is about.</param>
/// <param name="End">Offset after the last character it is about.</param>
/// <param name="Line">Line of <paramref name="Start"/>, from 1.</param>
/// <param name="Column">Column of <paramref name="Start"/>, from 1.</param>
public sealed record PromQLParseError(string Message, int Start, int End, int Line, int Column);

/// <summary>The query's text is not PromQL, or its types do not fit.</summary>
public sealed class PromQLParseException : Exception
{
    public PromQLParseException(IReadOnlyList<PromQLParseError> errors)
        : base(Describe(errors))
    {
        Errors = errors;
    }

    internal PromQLParseException(string query, TextRange range, string message)
        : this([At(query, range, message)])
    {
    }

    /// <summary>At least one, in the order of the text.</summary>
    public IReadOnlyList<PromQLParseError> Errors { get; }

    internal static PromQLParseError At(string query, TextRange range, string message)
    {
        var (line, column) = range.LineAndColumn(query);
        return new PromQLParseError(message, range.Start, range.End, line, column);
    }

    private static string Describe(IReadOnlyList<PromQLParseError> errors) =>
        string.Create(CultureInfo.InvariantCulture, $"{errors[0].Line}:{errors[0].Column}: parse error: {errors[0].Message}");
}
