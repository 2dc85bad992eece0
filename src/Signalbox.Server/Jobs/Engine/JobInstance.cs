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
        Id = string.Create(CultureInfo.InvariantCulture, $"{(Host.Length > 100 ? Host[..100] : Host)}-{Pid}-{Guid.CreateVersion7(clock.GetUtcNow())}");
    }

    public string Id { get; }

    public string Host { get; }

    public int Pid { get; }
}
