namespace Signalbox.Server.Platform.Access;

/// <summary>Knows how many tenants there are; the identity slice provides it.</summary>
internal interface ITenantCount
{
    int Count { get; }
}
