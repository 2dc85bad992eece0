namespace Signalbox.Server.Audit.Search;

/// <summary>What a term is taken from; stored as the seed of its hash, so a number never changes its meaning.</summary>
internal enum TermField
{
    Id = 1,

    /// <summary>The actor's id, and once more the actor's name.</summary>
    Actor = 2,

    /// <summary>Id and name of whom the actor acted for.</summary>
    OnBehalfOf = 3,

    /// <summary>Id and name of the caller who reported the event.</summary>
    Reporter = 4,
    Action = 5,
    ResourceType = 6,

    /// <summary>Type and id together, with a NUL between them.</summary>
    Resource = 7,
    ResourceId = 8,
    ResourceName = 9,
    Outcome = 10,
    Address = 11,
    Trace = 12,
    Request = 13,
    Source = 14,
    Policy = 15,

    /// <summary>A word of the free text.</summary>
    Word = 16,
}
