using System.Globalization;
using System.Net;

namespace Signalbox.Server.Jobs.Engine;

/// <summary>This start of this process, as one of the instances that share a database.</summary>
internal sealed class JobInstance
{
    public JobInstance(TimeProvider clock)
    {
        Host = Dns.GetHostName();
        Pid = Environment.ProcessId;

        // Neither a host's name nor a process's number is unique over time, nor across containers.
        var start = Guid.CreateVersion7(clock.GetUtcNow());
        Id = string.Create(CultureInfo.InvariantCulture, $"{(Host.Length > 100 ? Host[..100] : Host)}-{Pid}-{start}");
        Spread = start.ToByteArray()[15] / 256.0;
    }

    public string Id { get; }

    public string Host { get; }

    public int Pid { get; }

    /// <summary>A number from 0 to below 1, by which instances do the same things at different moments.</summary>
    public double Spread { get; }
}
