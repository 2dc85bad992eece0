using System.CommandLine;
using Signalbox.Server.Platform.Access;
using Signalbox.Server.Platform.Client;

namespace Signalbox.Server.Identity.Shell;

/// <summary><c>signalbox token</c>: creates, lists and revokes the API tokens of a running server.</summary>
internal static class TokenCommand
{
    public static Command Create() => new("token", "Create, list and revoke API tokens.") { CreateCreate(), CreateList(), CreateRevoke() };

    private static Command CreateCreate()
    {
        var client = new ClientOptions();
        var name = new Argument<string>("NAME") { Description = "What the token is for; people tell it by this." };
        var role = new Option<string>("--role") { Description = $"What it may do at most: {string.Join(", ", Roles.All)}.", HelpName = "ROLE", Required = true };
        role.AcceptOnlyFromAmong([.. Roles.All]);
        var scopes = new Option<string[]>("--scope") { Description = "Narrow it to a scope, such as metrics:write; may be repeated (default: everything the role allows).", HelpName = "SCOPE", DefaultValueFactory = static _ => [] };
        var expiresIn = new Option<string?>("--expires-in") { Description = "Let it expire after a duration, such as 90d (default: never).", HelpName = "DURATION" };
        var tenants = new Option<string[]>("--reach") { Description = "Let it reach a further tenant, or '*' for all; may be repeated. For admins of the tenant default.", HelpName = "TENANT", DefaultValueFactory = static _ => [] };
        var command = new Command("create", "Create a token and print it. It is shown this once; piped, nothing else is printed.") { name, role, scopes, expiresIn, tenants };
        client.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var api = client.Connect(parsed);
            var request = new Tokens.CreateApiToken
            {
                Name = parsed.GetValue(name)!,
                Role = parsed.GetValue(role)!,
                Scopes = NullIfEmpty(parsed.GetValue(scopes)),
                ExpiresIn = parsed.GetValue(expiresIn),
                Tenants = NullIfEmpty(parsed.GetValue(tenants)),
            };
            await new TokenShell(api, Console.Out, client.Output(parsed)).CreateAsync(request, onlySecret: Console.IsOutputRedirected, cancellationToken);
        });
        return command;
    }

    private static Command CreateList()
    {
        var client = new ClientOptions();
        var command = new Command("list", "List the tokens of the tenant, newest first.");
        client.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var api = client.Connect(parsed);
            await new TokenShell(api, Console.Out, client.Output(parsed)).ListAsync(cancellationToken);
        });
        return command;
    }

    private static Command CreateRevoke()
    {
        var client = new ClientOptions();
        var id = new Argument<string>("ID") { Description = "The token's id, as list shows it." };
        var command = new Command("revoke", "Revoke a token; it stops working at once.") { id };
        client.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var api = client.Connect(parsed);
            await new TokenShell(api, Console.Out, client.Output(parsed)).RevokeAsync(parsed.GetValue(id)!, cancellationToken);
        });
        return command;
    }

    private static string[]? NullIfEmpty(string[]? values) => values is { Length: > 0 } ? values : null;
}
