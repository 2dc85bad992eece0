namespace Signalbox.Sdk.Jobs;

/// <summary>A job's arguments do not fit its handler.</summary>
/// <param name="path">The member, for instance <c>arguments.recipients[2].address</c>.</param>
/// <param name="message">A sentence that names the member.</param>
public sealed class JobArgumentsException(string path, string message, Exception? innerException = null) : Exception(message, innerException)
{
    public string Path => path;
}
