namespace Signalbox.Server.Platform.Http;

/// <summary>Says no in the form of a protocol that knows nothing of problem details; a feature of the requests of such protocols.</summary>
internal interface IRefusalForm
{
    /// <param name="status">The HTTP status that a problem would have had.</param>
    /// <param name="code">The problem's stable code.</param>
    Task RefuseAsync(HttpContext context, int status, string code, string detail);
}
