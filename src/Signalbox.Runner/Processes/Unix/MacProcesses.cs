using System.Runtime.InteropServices;

namespace Signalbox.Runner.Processes.Unix;

/// <summary>Lists processes on macOS.</summary>
/// <remarks>Source: <c>libproc.h</c> of macOS.</remarks>
internal static class MacProcesses
{
    private const int ByGroup = 2;
    private const int Room = 4096;

    /// <summary>Ids of a process group's members.</summary>
    public static IReadOnlyList<int> OfGroup(int group)
    {
        var ids = new int[Room];
        var bytes = List(ByGroup, (uint)group, ids, Room * sizeof(int));
        return bytes <= 0 ? [] : ids[..(bytes / sizeof(int))];
    }

    [DllImport("libproc", EntryPoint = "proc_listpids", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int List(uint kind, uint number, [Out] int[] ids, int size);
}
