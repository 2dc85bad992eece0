using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Signalbox.Sdk.Logging;

/// <summary>Finds the file and line that called a logger.</summary>
/// <remarks>
/// Walking the stack without file information takes microseconds; reading line numbers from the debug information takes far longer, so it is done once per
/// place in the code and kept. At most 8,192 places are kept; beyond that they are read each time.
/// </remarks>
internal static class CallSite
{
    private const int MaxKept = 8192;
    private const string SourceRoot = "/_/";
    private static readonly ConcurrentDictionary<Place, string?> Kept = new();
    private static readonly Assembly Own = typeof(CallSite).Assembly;

    /// <summary>A class, because collections of such are compiled ahead: the first line of a log need not wait for the runtime to translate them.</summary>
    private sealed record Place(MethodBase Method, int Offset);

    /// <returns><c>file:line</c>; without a frame that has source information, that of the category's class, or for code of the framework the category itself.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static string Find(string category)
    {
        var frames = new StackTrace(1, fNeedFileInfo: false);
        for (var index = 0; index < frames.FrameCount; index++)
        {
            var frame = frames.GetFrame(index)!;
            if (frame.GetMethod() is not { } method || IsLogging(method))
            {
                continue;
            }

            // Positions in the stack are the same with file information, so only a place not seen before pays for reading it.
            var key = new Place(method, frame.GetILOffset());
            if (!Kept.TryGetValue(key, out var place))
            {
                place = Describe(new StackTrace(1, fNeedFileInfo: true).GetFrame(index));
                if (Kept.Count < MaxKept)
                {
                    Kept[key] = place;
                }
            }

            if (place is not null)
            {
                return place;
            }
        }

        return TypeSource.Find(category) ?? category;
    }

    /// <summary>The path within the repository that the code was built from.</summary>
    internal static string Relative(string file) => file.StartsWith(SourceRoot, StringComparison.Ordinal) ? file[SourceRoot.Length..] : file;

    /// <summary>Logging itself, what passes entries on and says so by <c>[StackTraceHidden]</c>, and the methods that the source generator writes for <c>[LoggerMessage]</c>.</summary>
    private static bool IsLogging(MethodBase method) =>
        (method.DeclaringType?.Assembly == Own && method.DeclaringType.Namespace == typeof(CallSite).Namespace)
        || method.DeclaringType?.Namespace?.StartsWith("Microsoft.Extensions.Logging", StringComparison.Ordinal) == true
        || method.IsDefined(typeof(StackTraceHiddenAttribute), inherit: false)
        || method.IsDefined(typeof(System.CodeDom.Compiler.GeneratedCodeAttribute), inherit: false);

    private static string? Describe(StackFrame? frame)
    {
        if (frame?.GetFileName() is not { Length: > 0 } file || frame.GetFileLineNumber() == 0)
        {
            return null;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{Relative(file)}:{frame.GetFileLineNumber()}");
    }
}
