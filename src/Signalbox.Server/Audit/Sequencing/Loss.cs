namespace Signalbox.Server.Audit.Sequencing;

/// <summary>Events of one tenant that could not be kept, for one reason.</summary>
/// <param name="Reason">One of <see cref="LossReason"/>.</param>
/// <param name="From">When the first one was lost.</param>
/// <param name="To">When the last one was.</param>
/// <param name="Id">Of the gap record, once it was written down what it is to say; null while more may be added.</param>
internal sealed record Loss(string Tenant, string Reason, long Count, DateTimeOffset From, DateTimeOffset To, string? Id = null)
{
    public Loss And(Loss other) => this with { Count = Count + other.Count, From = From < other.From ? From : other.From, To = To > other.To ? To : other.To };
}

/// <summary>Why events were lost, as the gap record says it.</summary>
internal static class LossReason
{
    /// <summary>More came than could be written, and the queue was full.</summary>
    public const string Overflow = "overflow";

    /// <summary>The database was away for so long that the queue was full, or the log could not be written.</summary>
    public const string Database = "database";

    /// <summary>The server stopped before they were written.</summary>
    public const string Shutdown = "shutdown";

    /// <summary>The record could not be made, which is a fault of the program.</summary>
    public const string Error = "error";
}
