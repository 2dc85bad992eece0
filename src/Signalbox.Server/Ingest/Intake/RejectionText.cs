using System.Globalization;
using System.Text;
using Signalbox.Telemetry.Metrics;

namespace Signalbox.Server.Ingest.Intake;

/// <summary>Says to a sender how many samples were refused, by which limits, with an example each.</summary>
internal static class RejectionText
{
    /// <summary>Senders log this; a longer text would help nobody.</summary>
    private const int MaxLength = 2000;

    public static string Of(long rejected, AppendOutcome outcome, string? firstFault)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{rejected} {(rejected == 1 ? "sample was" : "samples were")} refused, {outcome.Accepted} kept.");
        foreach (var rejection in outcome.Rejections)
        {
            text.Append(CultureInfo.InvariantCulture, $" {rejection.Count} by {RefusalCounts.LimitOf(rejection.Reason)}: {rejection.Example}");
        }

        if (firstFault is not null)
        {
            text.Append(" Invalid: ").Append(firstFault);
        }

        return text.Length <= MaxLength ? text.ToString() : text.ToString(0, MaxLength) + "…";
    }
}
