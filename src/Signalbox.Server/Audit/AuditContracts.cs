namespace Signalbox.Server.Audit;

/// <summary>Who did something, as the API names it.</summary>
/// <param name="Kind"><c>user</c>, <c>external-user</c>, <c>token</c> or <c>system</c>; events that were reported may name other kinds, such as <c>agent</c>.</param>
/// <param name="TokenId">The token that was used, where one was.</param>
internal sealed record AuditActorView(string Kind, string Id, string Name, string? TokenId);
