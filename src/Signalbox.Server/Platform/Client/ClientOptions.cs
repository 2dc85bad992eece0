using System.CommandLine;

namespace Signalbox.Server.Platform.Client;

/// <summary>The flags that every command which talks to a running server takes.</summary>
internal sealed class ClientOptions
{
    private const string DefaultServer = "http://127.0.0.1:7070";

    private readonly Option<string?> _server = new("--server") { Description = $"Address of the server (SIGNALBOX_SERVER; default {DefaultServer}).", HelpName = "URL" };

    private readonly Option<string?> _token = new("--token") { Description = "API token (SIGNALBOX_TOKEN; default: the admin token in the data folder).", HelpName = "TOKEN" };

    private readonly Option<string?> _data = new("--data") { Description = "Data folder in which admin-token is looked for (SIGNALBOX_DATA; default ./data).", HelpName = "FOLDER" };

    private readonly Option<string?> _tenant = new("--tenant") { Description = "Tenant to work in, for tokens that reach several (SIGNALBOX_TENANT).", HelpName = "TENANT" };

    private readonly Option<string> _output = new("--output", "-o") { DefaultValueFactory = static _ => "table" };

    public ClientOptions(params string[] moreOutputs)
    {
        _output.Description = string.Join(", ", ["table", .. moreOutputs]) + " or json.";
        _output.AcceptOnlyFromAmong(["table", "json", .. moreOutputs]);
    }

    public void AddTo(Command command)
    {
        command.Options.Add(_server);
        command.Options.Add(_token);
        command.Options.Add(_data);
        command.Options.Add(_tenant);
        command.Options.Add(_output);
    }

    public string Output(ParseResult parsed) => parsed.GetValue(_output)!;

    /// <exception cref="StartupException">No token can be found, or the address is not one.</exception>
    public ApiClient Connect(ParseResult parsed)
    {
        var environment = ClientEnvironment.Current;
        var server = parsed.GetValue(_server) ?? environment.Server ?? DefaultServer;
        if (!Uri.TryCreate(server.TrimEnd('/') + "/", UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new StartupException($"'{server}' is not a server's address; write for example {DefaultServer}.");
        }

        var token = parsed.GetValue(_token) ?? environment.Token ?? ReadAdminToken(parsed.GetValue(_data) ?? environment.Data ?? "./data");
        return new ApiClient(address, token, parsed.GetValue(_tenant) ?? environment.Tenant);
    }

    private static string ReadAdminToken(string folder)
    {
        var file = Path.Combine(folder, "admin-token");
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"No token: give --token or SIGNALBOX_TOKEN, or --data with the server's data folder ({Path.GetFullPath(file)} cannot be read).", exception);
        }
    }
}
