namespace Signalbox.Server.Audit.Records;

/// <summary>The bounds of a record. Sizes are bytes of canonical JSON without quotes, so that nothing grows when it is written.</summary>
internal static class RecordLimits
{
    /// <summary>The whole record: what the length field of an entry bundle can say. Source: https://c2sp.org/tlog-tiles</summary>
    public const int Record = 65_535;

    public const int Id = 512;
    public const int Name = 512;
    public const int Action = 128;
    public const int Path = 2_048;
    public const int Message = 2_048;
    public const int Reason = 512;
    public const int Reasons = 16;
    public const int Header = 512;
    public const int AddressChain = 1_024;
    public const int Address = 64;

    /// <summary>Levels of an object in a record; what lies deeper is cut before anything else is done with it.</summary>
    public const int Depth = 32;

    /// <summary>Values of one object, arrays and objects included.</summary>
    public const int Nodes = 5_000;

    /// <summary>Elements of one array, members of one object.</summary>
    public const int Elements = 1_000;

    public const int MemberName = 256;

    /// <summary>Values told as nested too deep; beyond them only the markers in their places tell it.</summary>
    public const int TooDeep = 32;

    /// <summary>Of one pointer among the redacted places.</summary>
    public const int RedactedPath = 256;

    /// <summary>Places told as redacted; the last one says how many more there are.</summary>
    public const int Redacted = 64;

    /// <summary>A text is not cut to less than this; rather whole branches go.</summary>
    public const int ShortestCut = 64;
}
