using Signalbox.Server.Ingest.Families;

namespace Signalbox.Server.Ingest.Host;

/// <summary>Measures one part of this machine under node_exporter's names.</summary>
/// <remarks>Source for names, labels and units: https://github.com/prometheus/node_exporter/tree/v1.9.1/collector</remarks>
internal interface IHostCollector
{
    /// <summary>Value of the label <c>collector</c>, as node_exporter calls it.</summary>
    string Name { get; }

    /// <returns>False when this machine does not have what the collector reads.</returns>
    bool Collect(FamilyList families);
}
