namespace Signalbox.Server.Audit.Events;

/// <summary>The bounds of what is reported, in characters; objects have none of their own, since records cut them to size.</summary>
internal static class ReportLimits
{
    /// <summary>Names of actions and types, kinds, sources.</summary>
    public const int Word = 128;

    public const int Id = 512;

    public const int Name = 512;

    public const int Path = 2048;

    public const int Message = 2048;

    public const int Reason = 512;

    public const int Reasons = 16;

    /// <summary>In bytes; of the whole request.</summary>
    public const int Body = 8 << 20;
}
