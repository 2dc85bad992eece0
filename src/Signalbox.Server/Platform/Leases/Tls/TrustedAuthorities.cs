using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Signalbox.Server.Platform.Leases.Tls;

/// <summary>Accepts certificates that one of the authorities in a PEM file has signed, and no others.</summary>
internal sealed class TrustedAuthorities
{
    private readonly X509Certificate2Collection _authorities = [];

    /// <exception cref="StartupException">The file cannot be read or has no certificate.</exception>
    public TrustedAuthorities(string file)
    {
        try
        {
            _authorities.ImportFromPemFile(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
        {
            throw new StartupException($"The certificates in {file} (locks.ca) cannot be read: {exception.Message}", exception);
        }

        if (_authorities.Count == 0)
        {
            throw new StartupException($"There is no certificate in {file} (locks.ca).");
        }
    }

    /// <param name="errors">What was found with the machine's authorities: a wrong host or a missing certificate is wrong with any.</param>
    public bool Accept(X509Certificate? certificate, SslPolicyErrors errors)
    {
        if (certificate is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        using var copy = X509CertificateLoader.LoadCertificate(certificate.Export(X509ContentType.Cert));
        return chain.Build(copy);
    }
}
