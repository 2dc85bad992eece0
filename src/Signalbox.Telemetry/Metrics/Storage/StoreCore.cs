using Signalbox.Telemetry.Metrics.Storage.Head;
using Signalbox.Telemetry.Metrics.Storage.Log;
using Signalbox.Telemetry.Metrics.Storage.Writing;

namespace Signalbox.Telemetry.Metrics.Storage;

/// <summary>What the parts of an open store share.</summary>
internal sealed record StoreCore(HeadSet Heads, StoreFiles Files, LogWriter LogWriter, StoreWriter Writer);
