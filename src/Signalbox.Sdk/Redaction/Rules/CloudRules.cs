using static Signalbox.Sdk.Redaction.Rules.Shape;

namespace Signalbox.Sdk.Redaction.Rules;

/// <summary>Secrets of clouds and of what runs applications for their owners.</summary>
internal static class CloudRules
{
    public static IReadOnlyList<RedactionRule> All { get; } = [.. Amazon, .. Google, .. Microsoft, .. Hosting];

    private static RedactionRule[] Amazon =>
    [
        Token("aws-access-key-id", "AWS access key id", Start + @"(?<secret>(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16})" + End, 16, "akia", "asia", "abia", "acca") with { StopWords = ["example"] },
        Near("aws-secret-access-key", "AWS secret access key", "aws|secret_?access_?key|secret_?key|(?:AKIA|ASIA)[A-Z2-7]{16}", "[A-Za-z0-9/+]{40}", "aws", "secret", "akia", "asia") with { MinimumEntropy = 3.5 },
        Near("aws-session-token", "AWS session token", "session_?token|security[_-]?token", "[A-Za-z0-9/+=%]{100,}", "session", "security"),
        Token("aws-session-token-body", "AWS session token by its beginning", @"(?<secret>(?:IQoJb3JpZ2lu|FwoGZXIvYXdz|FQoGZXIvYXdz)[A-Za-z0-9/+=%]{60,})", 60, "IQoJb3JpZ2lu", "FwoGZXIvYXdz", "FQoGZXIvYXdz"),
        Token("aws-signature", "Signature of a presigned AWS request", @"(?i:signature=)(?<secret>[0-9a-fA-F]{64})", 64, "signature="),
        Token("aws-bedrock-key", "AWS Bedrock API key", @"(?<secret>ABSK[A-Za-z0-9+/]{100,}={0,2})", 100, "absk"),
    ];

    private static RedactionRule[] Google =>
    [
        Near("gcp-service-account", "Private key id of a Google service account", "private_key_id", "[0-9a-f]{40}", "private_key_id"),
        Token("gcp-api-key", "Google API key", @"(?<secret>AIza[0-9A-Za-z_-]{35,})", 35, "aiza"),
        Token("gcp-oauth-token", "Google OAuth access token", @"(?<secret>ya29\.[0-9A-Za-z_.-]{20,})", 20, "ya29."),
        Token("gcp-oauth-client-secret", "Google OAuth client secret", @"(?<secret>GOCSPX-[0-9A-Za-z_-]{20,})", 20, "gocspx-"),
        Token("gcp-refresh-token", "Google OAuth refresh token", Start + @"(?<secret>1//0[0-9A-Za-z_-]{30,})", 30, "1//0"),
        Token("gcp-hmac-key", "Google storage HMAC access id", Start + @"(?<secret>GOOG1?[A-Z0-9]{20,})", 20, "goog"),
        Token("firebase-server-key", "Firebase cloud messaging server key", @"(?<secret>AAAA[A-Za-z0-9_-]{7}:[A-Za-z0-9_-]{100,})", 100, "aaaa"),
    ];

    private static RedactionRule[] Microsoft =>
    [
        Token("azure-storage-key", "Azure storage account key", @"(?i:accountkey\s{0,2}=\s{0,2})(?<secret>[A-Za-z0-9+/%]{40,}={0,2})", 40, "accountkey="),
        Near("azure-account-key", "Azure key of 64 bytes", "azure|account_?key|storage_?key|cosmos|batch", "[A-Za-z0-9+/]{86}==", "azure", "key", "cosmos"),
        Token("azure-shared-access-key", "Azure shared access key of a connection string", @"(?i:sharedaccesskey\s{0,2}=\s{0,2})(?<secret>[A-Za-z0-9+/%]{30,}={0,2})", 30, "sharedaccesskey="),
        Token("azure-sas", "Signature of an Azure shared access signature", @"(?:[?&;]|&amp;|\\u0026)(?i:sig=)(?<secret>[A-Za-z0-9%+/_-]{40,}={0,2})", 40, "sig="),
        Token("azure-client-secret", "Azure AD client secret", @"(?<secret>[A-Za-z0-9_~.-]{3}[0-9]Q~[A-Za-z0-9_~.-]{31,})", 31, "q~"),
        Token("azure-devops-token", "Azure DevOps personal access token", @"(?<secret>[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4})", 4, "azdo"),
        Near("azure-devops-token-old", "Azure DevOps personal access token of 52 characters", "azure|devops|ado|vsts", "[a-z2-7]{52}", "azure", "devops", "vsts"),
        Near("azure-ai-key", "Azure cognitive services key", "azure|cognitive|ocp-apim", "[0-9a-f]{32}|[A-Za-z0-9]{84}", "azure", "cognitive", "ocp-apim"),
    ];

    private static RedactionRule[] Hosting =>
    [
        Token("heroku-api-key", "Heroku API key", @"(?<secret>HRKU-[A-Za-z0-9_-]{30,})", 30, "hrku-"),
        Near("heroku-api-key-old", "Heroku API key that is a UUID", "heroku", "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}", "heroku"),
        Token("digitalocean-token", "DigitalOcean token", @"(?<secret>do[oprst]_v1_[a-f0-9]{60,})", 60, "doo_v1_", "dop_v1_", "dor_v1_", "dos_v1_", "dot_v1_"),
        Near("cloudflare-key", "Cloudflare key or token", "cloudflare|cf_api|x-auth-key", "[0-9a-f]{37}|[A-Za-z0-9_-]{40}", "cloudflare", "cf_api", "x-auth-key"),
        Token("cloudflare-origin-ca-key", "Cloudflare origin CA key", @"(?<secret>v1\.0-[a-f0-9]{24}-[a-f0-9]{100,})", 100, "v1.0-"),
        Token("cloudflare-token", "Cloudflare token by its beginning", Start + @"(?<secret>cf(?:k|ut|at)_[A-Za-z0-9]{40,})", 40, "cfk_", "cfut_", "cfat_"),
        Near("fastly-key", "Fastly API key", "fastly", "[A-Za-z0-9_-]{32}", "fastly") with { MinimumEntropy = 3 },
        Token("netlify-token", "Netlify token", Start + @"(?<secret>nf[pocu]_[A-Za-z0-9]{36,})", 36, "nfp_", "nfo_", "nfc_", "nfu_"),
        Near("netlify-token-old", "Netlify token without a beginning of its own", "netlify", "[A-Za-z0-9_-]{40,46}", "netlify") with { MinimumEntropy = 3.5 },
        Token("vercel-token", "Vercel token", Start + @"(?<secret>(?:vc[apirk]_[A-Za-z0-9]{24,}|vercel_blob_rw_[A-Za-z0-9_]{30,}))", 24, "vcp_", "vci_", "vca_", "vcr_", "vck_", "vercel_blob_rw_"),
        Near("vercel-token-old", "Vercel token without a beginning of its own", "vercel|zeit", "[A-Za-z0-9]{24}", "vercel", "zeit") with { MinimumEntropy = 3.5 },
        Token("fly-token", "Fly.io token", @"(?<secret>(?:FlyV1 )?(?:fm[12][ar]?_|fo1_)[A-Za-z0-9+/=_,-]{40,})", 40, "fm1r_", "fm1a_", "fm2_", "fo1_"),
        Token("render-key", "Render API key", Start + @"(?<secret>rnd_[A-Za-z0-9]{28,})", 28, "rnd_"),
        Token("tailscale-key", "Tailscale key", @"(?<secret>tskey-[a-z]{3,12}-[A-Za-z0-9-]{16,})", 16, "tskey-"),
        Token("alibaba-access-key", "Alibaba Cloud access key id", Start + @"(?<secret>LTAI[A-Za-z0-9]{16,26})" + End, 16, "ltai"),
        Token("linode-token", "Linode token by its neighbourhood", @"(?i:linode)[\w .\-]{0,32}[""']?\s{0,4}[=:]?\s{0,4}[""']?(?<secret>[a-f0-9]{64})", 0, "linode"),
    ];
}
