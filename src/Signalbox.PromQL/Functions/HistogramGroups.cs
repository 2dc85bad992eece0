using System.Runtime.InteropServices;
using Signalbox.PromQL.Evaluation;
using Signalbox.PromQL.Histograms;
using Signalbox.PromQL.Model;
using Signalbox.PromQL.Syntax;

namespace Signalbox.PromQL.Functions;

/// <summary>One number out of a histogram.</summary>
internal interface IHistogramEstimate
{
    double Classic(ClassicHistogram histogram, int step, Labels labels);

    double Native(HistogramSample histogram, int step, Labels labels);
}

/// <summary>The series of a vector grouped into histograms: same labels but for <c>le</c>. Worked out once for all steps.</summary>
internal sealed class HistogramGroups
{
    private readonly FunctionCall _call;
    private readonly int _argument;

    public HistogramGroups(FunctionCall call, int argument)
    {
        _call = call;
        _argument = argument;
        Vector = call.Vector(argument);
        var index = new Dictionary<Labels, int>();
        List<SeriesHeader> headers = [];
        List<List<(int Series, double Upper)>> members = [];
        for (var series = 0; series < Vector.Headers.Length; series++)
        {
            var header = Vector.Headers[series];
            var labels = header.Labels.Without(static name => name == "le");
            ref var group = ref CollectionsMarshal.GetValueRefOrAddDefault(index, labels, out var known);
            if (!known)
            {
                group = headers.Count;
                headers.Add(new SeriesHeader(labels, header.DropName));
                members.Add([]);
            }

            members[group].Add((series, UpperBound(header.Labels)));
        }

        Headers = [.. headers];
        Members = [.. members];
        foreach (var group in Members)
        {
            // NaN stands for "no bound" and comes first.
            group.Sort(static (left, right) => left.Upper.CompareTo(right.Upper));
        }
    }

    public VectorOperator Vector { get; }

    public SeriesHeader[] Headers { get; }

    /// <summary>The series of each group with their upper bounds, ascending; NaN for series without one.</summary>
    public List<(int Series, double Upper)>[] Members { get; }

    public void WarnBadBucket(Labels labels) =>
        _call.Context.Annotations.Warn(
            $"bucket label \"le\" is missing or has a malformed value of {StringText.Quote(labels.Get("le"))}" + ForMetric(labels), _call.Place(_argument));

    public void WarnMixed(Labels labels) =>
        _call.Context.Annotations.Warn("vector contains a mix of classic and native histograms" + ForMetric(labels), _call.Place(_argument));

    public void Inform(string text, Labels labels) => _call.Context.Annotations.Inform(text + ForMetric(labels), _call.Place(_argument));

    private static string ForMetric(Labels labels) => labels.Name.Length == 0 ? string.Empty : $" for metric name {StringText.Quote(labels.Name)}";

    private static double UpperBound(Labels labels) => NumberText.TryParse(labels.Get("le"), out var upper) ? upper : double.NaN;
}
