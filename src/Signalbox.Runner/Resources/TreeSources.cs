using Signalbox.Runner.Processes;
using Signalbox.Runner.Processes.Unix;

namespace Signalbox.Runner.Resources;

/// <summary>Chooses how a command's tree is measured.</summary>
internal static class TreeSources
{
    public static ITreeSource For(IChild child, ResourcesOptions options) =>
        OperatingSystem.IsLinux() && child is UnixChild unix ? new LinuxTreeSource(unix.Tree, unix.Cgroup, options.Measure) : new PortableTreeSource(child);
}
