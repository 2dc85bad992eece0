using Signalbox.Server.Platform.Access;

namespace Signalbox.Server.Identity;

/// <summary>The scopes there are.</summary>
internal sealed record ScopeList(IReadOnlyList<Scope> Items, string? Next);
