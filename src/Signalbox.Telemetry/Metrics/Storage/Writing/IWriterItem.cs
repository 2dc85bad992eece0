namespace Signalbox.Telemetry.Metrics.Storage.Writing;

/// <summary>What waits in the writer's queue: an append or a command.</summary>
internal interface IWriterItem
{
    /// <summary>Tells the waiting caller that the store is closed.</summary>
    void Fail(Exception exception);
}
