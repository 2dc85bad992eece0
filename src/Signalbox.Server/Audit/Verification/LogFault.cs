using System.Text.Json;
using System.Text.Json.Serialization;

namespace Signalbox.Server.Audit.Verification;

/// <summary>One thing that is wrong with a log.</summary>
/// <param name="Sequence">The first event that it is about.</param>
/// <param name="Message">A sentence for people.</param>
internal sealed record LogFault(long Sequence, LogFaultKind Kind, string Message);

/// <summary>What can be wrong with a log.</summary>
[JsonConverter(typeof(LogFaultKindNames))]
internal enum LogFaultKind
{
    /// <summary>An event's bytes are not those that were appended.</summary>
    PayloadChanged,

    /// <summary>An event's row is gone.</summary>
    RowMissing,

    /// <summary>There is a row that was never appended.</summary>
    RowExtra,

    /// <summary>An event stands where another one belongs.</summary>
    RowMoved,

    /// <summary>What is kept beside an event, such as its hash or its time, is not what its bytes say.</summary>
    RowDiffers,

    /// <summary>Hashes of the tree are not those of the events.</summary>
    TileDiffers,

    /// <summary>Hashes of the tree are gone.</summary>
    TileMissing,

    /// <summary>The tree has another root than a checkpoint that was signed, or that was verified before.</summary>
    RootDiffers,

    /// <summary>A checkpoint is not one, or is about another log.</summary>
    CheckpointWrong,

    /// <summary>A signature is wrong.</summary>
    SignatureWrong,

    /// <summary>No key that is trusted has signed.</summary>
    KeyUnknown,

    /// <summary>The log is shorter than it was.</summary>
    LogShorter,
}

/// <summary>Names faults in JSON as members are named.</summary>
internal sealed class LogFaultKindNames() : JsonStringEnumConverter<LogFaultKind>(JsonNamingPolicy.CamelCase);
