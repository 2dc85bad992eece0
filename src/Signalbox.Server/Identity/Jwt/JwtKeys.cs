using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Signalbox.Server.Identity.Jwt;

/// <summary>Keeps the identity provider's keys: fetched when first needed, again when they are old, and when a token names one that is not there.</summary>
internal sealed class JwtKeys : IDisposable
{
    private const long LongestDocument = 1024 * 1024;

    // A token with a made-up key id must not make us ask the provider each time.
    private static readonly TimeSpan SoonestRefresh = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(5) })
    {
        Timeout = TimeSpan.FromSeconds(10),
        MaxResponseContentBufferSize = LongestDocument,
    };

    public JwtKeys(JwtOptions options)
    {
        // The options let http pass for loopback addresses only.
        var documents = new HttpDocumentRetriever(_http) { RequireHttps = options.Keys.Scheme == "https" };
        IConfigurationRetriever<OpenIdConnectConfiguration> retriever = options.KeysAreMetadata ? new OpenIdConnectConfigurationRetriever() : new JwksRetriever();
        Manager = new ConfigurationManager<OpenIdConnectConfiguration>(options.Keys.AbsoluteUri, retriever, documents) { RefreshInterval = SoonestRefresh };
    }

    public ConfigurationManager<OpenIdConnectConfiguration> Manager { get; }

    public void Dispose() => _http.Dispose();
}
