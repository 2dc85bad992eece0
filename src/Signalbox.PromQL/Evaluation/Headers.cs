namespace Signalbox.PromQL.Evaluation;

/// <summary>Header arrays derived from others.</summary>
internal static class Headers
{
    public static SeriesHeader[] WithoutNames(VectorOperator vector, QueryContext context) => WithoutNames(vector.Headers, context);

    public static SeriesHeader[] WithoutNames(SeriesHeader[] headers, QueryContext context)
    {
        var delayed = context.DelayedNameRemoval;
        return Array.ConvertAll(headers, header => header.WithoutName(delayed));
    }
}
