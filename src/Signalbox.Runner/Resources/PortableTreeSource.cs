using System.ComponentModel;
using System.Diagnostics;
using Signalbox.Runner.Processes;

namespace Signalbox.Runner.Resources;

/// <summary>Measures a tree by what .NET tells of its processes, where there is no <c>/proc</c>.</summary>
internal sealed class PortableTreeSource(IChild child) : ITreeSource
{
    public long ReadUpperBound() => Read().Bytes;

    public TreeUsage Read()
    {
        var all = new TreeUsage(0, ResourcesOptions.Rss, TimeSpan.Zero, 0, 0, 0, null);
        foreach (var id in child.ReadProcesses())
        {
            try
            {
                using var process = Process.GetProcessById(id);
                all = all with
                {
                    Bytes = all.Bytes + process.WorkingSet64,
                    CpuTime = all.CpuTime + process.TotalProcessorTime,
                    Processes = all.Processes + 1,
                    Threads = all.Threads + process.Threads.Count,
                    Handles = all.Handles + process.HandleCount,
                };
            }
            catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or Win32Exception or NotSupportedException)
            {
                // It has ended meanwhile, or is somebody else's.
            }
        }

        return all;
    }

    public bool Hold(bool held) => false;
}
