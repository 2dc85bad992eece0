using Signalbox.PromQL.Model;
using Signalbox.PromQL.Syntax;

namespace Signalbox.PromQL;

/// <summary>Reads PromQL text.</summary>
public static class PromQLParser
{
    /// <summary>Parses and type-checks a query.</summary>
    /// <exception cref="PromQLParseException">The text is not PromQL, or its types do not fit.</exception>
    public static Expr Parse(string query)
    {
        var expression = new Parser(query).ParseQuery();
        TypeChecker.Check(query, expression);
        return expression;
    }

    /// <summary>Parses one selector, as <c>match[]</c> takes it.</summary>
    /// <exception cref="PromQLParseException">The text is not a bare selector, or would match every series.</exception>
    public static IReadOnlyList<LabelMatcher> ParseSelector(string selector)
    {
        var expression = Parse(selector);
        var inner = expression;
        if (inner is VectorSelector { Shift: { Offset: null, Anchor: AtAnchor.None }, Mode: SelectionMode.Plain } plain)
        {
            return plain.Matchers;
        }

        throw new PromQLParseException(selector, expression.Range, "expected a series selector without offset, @ or functions");
    }
}
