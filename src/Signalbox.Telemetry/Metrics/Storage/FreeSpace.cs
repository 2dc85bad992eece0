namespace Signalbox.Telemetry.Metrics.Storage;

/// <summary>Tells how much room the disk has; tests put a full one in its place.</summary>
internal interface IFreeSpace
{
    /// <summary>Bytes this process may still write.</summary>
    long AvailableBytes();
}

/// <summary>Asks the file system that holds a folder.</summary>
internal sealed class DriveFreeSpace(string folder) : IFreeSpace
{
    private readonly DriveInfo _drive = new(folder);

    public long AvailableBytes() => _drive.AvailableFreeSpace;
}
