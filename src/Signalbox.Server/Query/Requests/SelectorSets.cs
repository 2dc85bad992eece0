using Signalbox.PromQL;
using Signalbox.PromQL.Model;

namespace Signalbox.Server.Query.Requests;

/// <summary>Reads the <c>match[]</c> parameters of the label and series endpoints.</summary>
internal static class SelectorSets
{
    public const string Parameter = "match[]";

    /// <summary>One list of matchers a parameter; what is wrong is put into <paramref name="parameters"/>.</summary>
    /// <param name="named">Whether the error names the parameter, which upstream does for <c>series</c> alone.</param>
    public static IReadOnlyList<IReadOnlyList<LabelMatcher>> Read(QueryParameters parameters, bool named)
    {
        var sets = new List<IReadOnlyList<LabelMatcher>>();
        foreach (var text in parameters.All(Parameter))
        {
            try
            {
                sets.Add(PromQLParser.ParseSelector(text));
            }
            catch (PromQLParseException exception)
            {
                Fail(parameters, named, exception.Message);
                return [];
            }
        }

        if (sets.Any(static set => set.All(static matcher => matcher.MatchesEmpty)))
        {
            Fail(parameters, named, $"{Parameter} must contain at least one non-empty matcher");
        }

        return sets;
    }

    private static void Fail(QueryParameters parameters, bool named, string message) =>
        parameters.Fail(named ? QueryFault.InvalidParameter(Parameter, message) : QueryFault.BadData(message));
}
