using Signalbox.PromQL;
using Signalbox.PromQL.Model;
using Signalbox.Telemetry.Metrics.Storage.Days;

namespace Signalbox.Telemetry.Metrics.Storage.Reading;

/// <summary>What one day file has of a series.</summary>
internal readonly record struct DayPart(DayFile File, int Series)
{
    public void Read(TimeWindow window, SampleBuffer buffer)
    {
        if (File.Overlaps(window))
        {
            File.Read(Series, window, buffer);
        }
    }
}
