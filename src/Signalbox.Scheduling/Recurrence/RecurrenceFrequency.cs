namespace Signalbox.Scheduling;

/// <summary>FREQ: what a recurrence rule counts in, from the finest to the coarsest.</summary>
public enum RecurrenceFrequency
{
    /// <summary>Seconds.</summary>
    Secondly,

    /// <summary>Minutes.</summary>
    Minutely,

    /// <summary>Hours.</summary>
    Hourly,

    /// <summary>Days.</summary>
    Daily,

    /// <summary>Weeks, which begin with WKST.</summary>
    Weekly,

    /// <summary>Months.</summary>
    Monthly,

    /// <summary>Years.</summary>
    Yearly,
}
