using System.Globalization;
using System.Text;

namespace Signalbox.Testing.Secrets;

/// <summary>Makes secrets of many kinds that open nothing, the same for the same seed.</summary>
/// <remarks>Their beginnings are put together from pieces, so that nothing in the repository looks like a secret to a scanner.</remarks>
public static class SecretSamples
{
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const string Lower = "abcdefghijklmnopqrstuvwxyz0123456789";
    private const string Upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const string Hex = "0123456789abcdef";
    private const string Url = Alphanumeric + "_-";
    private const string Base64 = Alphanumeric + "+/";

    /// <summary>Kind, name, and a pattern: <c>{a20}</c> stands for twenty alphanumeric characters, h hex digits, u upper case, l lower case, w base64url, b base64, d digits; <c>+</c> joins pieces.</summary>
    private static readonly (string Kind, string Name, string Pattern)[] Kinds =
    [
        ("aws-access-key-id", "AWS_ACCESS_KEY_ID", "AK+IA{u16}"),
        ("aws-access-key-id", "AWS_ACCESS_KEY_ID", "AS+IA{u16}"),
        ("aws-secret-access-key", "AWS_SECRET_ACCESS_KEY", "{b39}{a1}"),
        ("aws-session-token", "AWS_SESSION_TOKEN", "IQoJb3+JpZ2lu{b180}=="),
        ("aws-bedrock-key", "AWS_BEARER_TOKEN_BEDROCK", "AB+SK{a120}="),
        ("gcp-api-key", "GOOGLE_API_KEY", "AI+za{w35}"),
        ("gcp-oauth-token", "GOOGLE_OAUTH_TOKEN", "ya+29.{w120}"),
        ("gcp-oauth-client-secret", "GOOGLE_CLIENT_SECRET", "GOC+SPX-{w28}"),
        ("gcp-refresh-token", "GOOGLE_REFRESH_TOKEN", "1/+/0{w60}"),
        ("firebase-server-key", "FCM_SERVER_KEY", "AA+AA{w7}:{w140}"),
        ("azure-storage-key", "AZURE_STORAGE_KEY", "{b86}=="),
        ("azure-client-secret", "AZURE_CLIENT_SECRET", "{a3}8+Q~{a34}"),
        ("azure-devops-token", "AZURE_DEVOPS_TOKEN", "{a76}AZ+DO{a4}"),
        ("heroku-api-key", "HEROKU_API_KEY", "HR+KU-{w60}"),
        ("heroku-api-key-old", "HEROKU_API_KEY", "{h8}-{h4}-{h4}-{h4}-{h12}"),
        ("digitalocean-token", "DIGITALOCEAN_TOKEN", "do+p_v1_{h64}"),
        ("cloudflare-key", "CLOUDFLARE_API_KEY", "{h37}"),
        ("cloudflare-token", "CLOUDFLARE_API_TOKEN", "{w40}"),
        ("fastly-key", "FASTLY_API_KEY", "{w32}"),
        ("netlify-token", "NETLIFY_AUTH_TOKEN", "nf+p_{a40}"),
        ("vercel-token", "VERCEL_TOKEN", "{a24}"),
        ("fly-token", "FLY_API_TOKEN", "fm+2_{b120}"),
        ("render-key", "RENDER_API_KEY", "rn+d_{a32}"),
        ("tailscale-key", "TS_AUTHKEY", "tsk+ey-auth-{a12}-{a32}"),
        ("github-token", "GITHUB_TOKEN", "gh+p_{a36}"),
        ("github-oauth-token", "GITHUB_TOKEN", "gh+o_{a36}"),
        ("github-user-token", "GITHUB_TOKEN", "gh+u_{a36}"),
        ("github-server-token", "GITHUB_TOKEN", "gh+s_{a36}"),
        ("github-refresh-token", "GITHUB_TOKEN", "gh+r_{a76}"),
        ("github-fine-grained-token", "GH_TOKEN", "github+_pat_{a22}_{a59}"),
        ("gitlab-token", "GITLAB_TOKEN", "gl+pat-{w20}"),
        ("gitlab-runner-token", "RUNNER_TOKEN", "gl+rt-{w20}"),
        ("gitlab-job-token", "CI_JOB_TOKEN", "gl+cbt-{h2}_{w20}"),
        ("bitbucket-token", "BITBUCKET_APP_PASSWORD", "AT+BB{a32}"),
        ("npm-token", "NPM_TOKEN", "np+m_{a36}"),
        ("pypi-token", "TWINE_PASSWORD", "py+pi-AgEIcHlwaS5vcmc{w140}"),
        ("nuget-key", "NUGET_API_KEY", "oy+2{l43}"),
        ("gem-push-key", "GEM_HOST_API_KEY", "ruby+gems_{h48}"),
        ("docker-hub-token", "DOCKERHUB_TOKEN", "dck+r_pat_{w27}"),
        ("crates-io-token", "CARGO_REGISTRY_TOKEN", "ci+o{a32}"),
        ("vault-token", "VAULT_TOKEN", "hv+s.{w92}"),
        ("terraform-cloud-token", "TFE_TOKEN", "{a14}.atl+asv1.{w67}"),
        ("pulumi-token", "PULUMI_ACCESS_TOKEN", "pu+l-{h40}"),
        ("doppler-token", "DOPPLER_TOKEN", "dp.+pt.{a43}"),
        ("buildkite-token", "BUILDKITE_API_TOKEN", "bk+ua_{h40}"),
        ("circleci-token", "CIRCLE_TOKEN", "CCI+PAT_{a22}_{h40}"),
        ("sonar-token", "SONAR_TOKEN", "sq+p_{h40}"),
        ("postman-key", "POSTMAN_API_KEY", "PM+AK-{h24}-{h34}"),
        ("slack-token", "SLACK_BOT_TOKEN", "xo+xb-{d12}-{d13}-{a24}"),
        ("slack-user-token", "SLACK_TOKEN", "xo+xp-{d12}-{d12}-{d13}-{h32}"),
        ("slack-app-token", "SLACK_APP_TOKEN", "xa+pp-1-A{u10}-{d13}-{h64}"),
        ("discord-token", "DISCORD_TOKEN", "M{a25}.{w6}.{w38}"),
        ("telegram-token", "TELEGRAM_TOKEN", "{d10}:A+A{w33}"),
        ("sendgrid-key", "SENDGRID_API_KEY", "S+G.{w22}.{w43}"),
        ("mailgun-key", "MAILGUN_API_KEY", "ke+y-{h32}"),
        ("mailchimp-key", "MAILCHIMP_API_KEY", "{h32}-u+s12"),
        ("brevo-key", "BREVO_API_KEY", "xkey+sib-{h64}-{a16}"),
        ("resend-key", "RESEND_API_KEY", "r+e_{a8}_{a24}"),
        ("postmark-token", "POSTMARK_SERVER_TOKEN", "{h8}-{h4}-{h4}-{h4}-{h12}"),
        ("twilio-key", "TWILIO_API_KEY", "S+K{h32}"),
        ("twilio-auth-token", "TWILIO_AUTH_TOKEN", "{h32}"),
        ("atlassian-token", "ATLASSIAN_API_TOKEN", "AT+ATT3xFfGF0{w170}={h8}"),
        ("linear-key", "LINEAR_API_KEY", "lin+_api_{a40}"),
        ("notion-token", "NOTION_TOKEN", "nt+n_{a46}"),
        ("airtable-token", "AIRTABLE_TOKEN", "pa+t{a14}.{h64}"),
        ("figma-token", "FIGMA_TOKEN", "fi+gd_{w40}"),
        ("dropbox-token", "DROPBOX_TOKEN", "s+l.{w135}"),
        ("stripe-key", "STRIPE_SECRET_KEY", "sk_+live_{a24}"),
        ("stripe-restricted-key", "STRIPE_KEY", "rk_+live_{a98}"),
        ("stripe-webhook-secret", "STRIPE_WEBHOOK_SECRET", "whs+ec_{a32}"),
        ("shopify-token", "SHOPIFY_TOKEN", "shp+at_{h32}"),
        ("square-token", "SQUARE_ACCESS_TOKEN", "sq0+atp-{w22}"),
        ("paypal-secret", "PAYPAL_CLIENT_SECRET", "E{w79}"),
        ("braintree-token", "BRAINTREE_TOKEN", "access_+token$production${l16}${h32}"),
        ("datadog-key", "DD_API_KEY", "{h32}"),
        ("datadog-application-key", "DATADOG_APP_KEY", "{h40}"),
        ("newrelic-key", "NEW_RELIC_API_KEY", "NR+AK-{u27}"),
        ("newrelic-license-key", "NEW_RELIC_LICENSE_KEY", "{h36}NR+AL"),
        ("grafana-service-account", "GRAFANA_TOKEN", "gl+sa_{a32}_{h8}"),
        ("grafana-cloud-token", "GRAFANA_CLOUD_TOKEN", "gl+c_{b80}"),
        ("sentry-token", "SENTRY_AUTH_TOKEN", "sntr+yu_{h64}"),
        ("pagerduty-key", "PAGERDUTY_API_KEY", "u+{a19}"),
        ("dynatrace-token", "DT_API_TOKEN", "dt0+c01.{u24}.{u64}"),
        ("posthog-key", "POSTHOG_KEY", "ph+x_{a43}"),
        ("openai-key", "OPENAI_API_KEY", "sk-+proj-{w74}T3Blbk+FJ{w74}"),
        ("openai-key-old", "OPENAI_API_KEY", "sk-+{a20}T3Blbk+FJ{a20}"),
        ("anthropic-key", "ANTHROPIC_API_KEY", "sk-+ant-api03-{w93}AA"),
        ("openrouter-key", "OPENROUTER_API_KEY", "sk-+or-v1-{h64}"),
        ("huggingface-token", "HF_TOKEN", "h+f_{a34}"),
        ("groq-key", "GROQ_API_KEY", "gs+k_{a52}"),
        ("replicate-token", "REPLICATE_API_TOKEN", "r+8_{a37}"),
        ("cohere-key", "COHERE_API_KEY", "{a40}"),
        ("databricks-token", "DATABRICKS_TOKEN", "da+pi{h32}"),
        ("snowflake-secret", "SNOWFLAKE_PASSWORD", "{a14}"),
        ("supabase-key", "SUPABASE_ACCESS_TOKEN", "sb+p_{h40}"),
        ("planetscale-token", "PLANETSCALE_PASSWORD", "pscale+_pw_{w43}"),
        ("algolia-key", "ALGOLIA_API_KEY", "{h32}"),
        ("okta-token", "OKTA_API_TOKEN", "00{w40}"),
        ("auth0-secret", "AUTH0_CLIENT_SECRET", "{w64}"),
        ("firebase-token", "FIREBASE_TOKEN", "1/+/0{w64}"),
        ("age-secret-key", "SOPS_AGE_KEY", "AGE-+SECRET-KEY-1{u58}"),
        ("signalbox-token", "SIGNALBOX_TOKEN", "sb+x_{w48}"),
        ("generic-password", "DB_PASSWORD", "{a12}"),
        ("generic-secret", "APP_SECRET", "{w32}"),
    ];

    /// <param name="rounds">How many of each kind.</param>
    public static IReadOnlyList<SecretSample> Create(int seed, int rounds = 2)
    {
        var random = new Random(seed);
        var samples = new List<SecretSample>();
        for (var round = 0; round < rounds; round++)
        {
            samples.AddRange(Kinds.Select(kind => new SecretSample(kind.Kind, kind.Name, Fill(kind.Pattern, random))));
            samples.AddRange(SecretTexts.Create(pattern => Fill(pattern, random)));
        }

        return samples;
    }

    private static string Fill(string pattern, Random random)
    {
        var text = new StringBuilder();
        for (var index = 0; index < pattern.Length; index++)
        {
            if (pattern[index] == '{')
            {
                var end = pattern.IndexOf('}', index);
                text.Append(Characters(pattern[index + 1], int.Parse(pattern[(index + 2)..end], CultureInfo.InvariantCulture), random));
                index = end;
            }
            else if (pattern[index] != '+')
            {
                text.Append(pattern[index]);
            }
        }

        return text.ToString();
    }

    private static string Characters(char set, int count, Random random)
    {
        var alphabet = set switch { 'a' => Alphanumeric, 'h' => Hex, 'u' => Upper, 'l' => Lower, 'w' => Url, 'b' => Base64, 'd' => "0123456789", _ => throw new ArgumentOutOfRangeException(nameof(set)) };
        return string.Create(count, (alphabet, random), static (span, state) =>
        {
            for (var index = 0; index < span.Length; index++)
            {
                // Ends are letters or digits, as providers keep them where the alphabet leaves a choice.
                var letters = index == 0 || index == span.Length - 1 ? Math.Min(state.alphabet.Length, Alphanumeric.Length) : state.alphabet.Length;
                span[index] = state.alphabet[state.random.Next(letters)];
            }
        });
    }
}
