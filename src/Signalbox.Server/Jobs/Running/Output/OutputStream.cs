namespace Signalbox.Server.Jobs.Running.Output;

/// <summary>Which of the two streams of a run a piece of output came from.</summary>
internal enum OutputStream
{
    /// <summary>A command's stdout, an HTTP answer, what a handler writes.</summary>
    Out,

    /// <summary>A command's stderr, what a handler logs.</summary>
    Err,
}

/// <summary>The streams' names in the database and on the wire.</summary>
internal static class OutputStreams
{
    public static string NameOf(OutputStream stream) => stream == OutputStream.Out ? "out" : "err";
}
