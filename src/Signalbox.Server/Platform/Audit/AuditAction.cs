namespace Signalbox.Server.Platform.Audit;

/// <summary>One kind of thing that can be done; the closed set of them is what the vocabularies hold.</summary>
/// <param name="Name">Noun and verb, such as <c>token.create</c>; in a vocabulary a last <c>*</c> stands for any ending.</param>
/// <param name="Class">What happens when it cannot be recorded.</param>
/// <param name="Activity">What it amounts to, whatever it is called.</param>
/// <param name="Description">For people who choose from a list: what was done.</param>
internal sealed record AuditAction(string Name, AuditClass Class, AuditActivity Activity, string Description)
{
    public override string ToString() => Name;
}

/// <summary>One kind of thing that something can be done to.</summary>
/// <param name="Name">Such as <c>token</c>; in a vocabulary a last <c>*</c> stands for any ending.</param>
/// <param name="Description">For people who choose from a list.</param>
internal sealed record AuditResourceType(string Name, string Description)
{
    public override string ToString() => Name;
}

/// <summary>What happens to the deed when it cannot be recorded.</summary>
internal enum AuditClass
{
    /// <summary>The deed stands, and a counted gap takes the record's place.</summary>
    Standard,

    /// <summary>The deed does not happen.</summary>
    Mandatory,
}

/// <summary>What an action amounts to; the order is that of OCSF's activities.</summary>
internal enum AuditActivity
{
    Create = 1,
    Read = 2,
    Update = 3,
    Delete = 4,
    Other = 99,
}

/// <summary>How it ended.</summary>
internal enum AuditOutcome
{
    Succeeded,
    Failed,
    Denied,
}
