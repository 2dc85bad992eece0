using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Signalbox.Server.Identity.Tokens;
using Signalbox.Server.Platform.Client;

namespace Signalbox.Server.Identity.Shell;

/// <summary>Asks a server about tokens and prints its answers.</summary>
internal sealed class TokenShell(ApiClient api, TextWriter output, string form)
{
    private const string Path = "api/v1/tokens";

    /// <param name="onlySecret">Print the token alone, for scripts.</param>
    public async Task CreateAsync(CreateApiToken request, bool onlySecret, CancellationToken cancellationToken)
    {
        using var content = JsonContent.Create(request, IdentityJson.Default.CreateApiToken);
        var created = await api.SendAsync(HttpMethod.Post, Path, content, IdentityJson.Default.CreatedApiToken, cancellationToken);
        if (form == "json")
        {
            await WriteJsonAsync(created, IdentityJson.Default.CreatedApiToken);
            return;
        }

        if (!onlySecret)
        {
            WriteTable([created.Token]);
            await output.WriteLineAsync("\nThe token, which is shown this once:");
        }

        await output.WriteLineAsync(created.Secret);
    }

    public async Task ListAsync(CancellationToken cancellationToken)
    {
        var tokens = new List<ApiToken>();
        string? after = null;
        do
        {
            var path = after is null ? Path : $"{Path}?after={Uri.EscapeDataString(after)}";
            var page = await api.SendAsync(HttpMethod.Get, path, content: null, IdentityJson.Default.ApiTokenList, cancellationToken);
            tokens.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);

        if (form == "json")
        {
            await WriteJsonAsync(new ApiTokenList(tokens, null), IdentityJson.Default.ApiTokenList);
        }
        else
        {
            WriteTable(tokens);
        }
    }

    public async Task RevokeAsync(string id, CancellationToken cancellationToken)
    {
        using var response = await api.SendAsync(HttpMethod.Delete, $"{Path}/{Uri.EscapeDataString(id)}", content: null, cancellationToken);
        await ApiClient.EnsureSuccessAsync(response, cancellationToken);
        if (form != "json")
        {
            await output.WriteLineAsync($"Token {id} is revoked.");
        }
    }

    private Task WriteJsonAsync<T>(T value, JsonTypeInfo<T> type) => output.WriteLineAsync(JsonSerializer.Serialize(value, type));

    private void WriteTable(IReadOnlyList<ApiToken> tokens) => TextTable.Write(
        output,
        ["ID", "NAME", "PREFIX", "ROLE", "SCOPES", "TENANTS", "STATE", "EXPIRES", "LAST USED"],
        [.. tokens.Select(static token => new[]
        {
            token.Id,
            token.Name,
            token.Prefix,
            token.Role,
            token.Scopes is { } scopes ? string.Join(',', scopes) : "all of its role",
            string.Join(',', token.Tenants),
            token.RevokedAt is { } revoked ? $"revoked {Text(revoked)}" : "active",
            token.ExpiresAt is { } expiry ? Text(expiry) : "never",
            token.LastUsedAt is { } used ? Text(used) : "never",
        })]);

    private static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
