using static Signalbox.Sdk.Redaction.Rules.Shape;

namespace Signalbox.Sdk.Redaction.Rules;

/// <summary>Secrets of payment, monitoring, models, data and identity services.</summary>
internal static class ServiceRules
{
    private const string Uuid = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}";

    public static IReadOnlyList<RedactionRule> All { get; } = [.. Payment, .. Monitoring, .. Intelligence, .. Data, .. Identity];

    private static RedactionRule[] Payment =>
    [
        Token("stripe-key", "Stripe key", @"(?<secret>[sr]k_(?:live|test|prod)_[A-Za-z0-9]{16,})", 16, "sk_live_", "sk_test_", "sk_prod_", "rk_live_", "rk_test_", "rk_prod_"),
        Token("stripe-webhook-secret", "Stripe webhook secret", @"(?<secret>whsec_[A-Za-z0-9+/=]{24,})", 24, "whsec_"),
        Token("shopify-token", "Shopify token", @"(?<secret>shp(?:at|ca|pa|ss|tka|ua)_[a-fA-F0-9]{32,})", 32, "shpat_", "shpca_", "shppa_", "shpss_", "shptka_", "shpua_"),
        Token("square-token", "Square token", Start + @"(?<secret>sq0[a-z]{3}-[A-Za-z0-9_-]{22,}|EAAA[A-Za-z0-9_-]{58,})", 22, "sq0atp-", "sq0csp-", "sq0idp-", "sq0idb-", "eaaa"),
        Near("paypal-secret", "PayPal client secret", "paypal", "[A-Za-z0-9_-]{60,90}", "paypal") with { MinimumEntropy = 4 },
        Token("braintree-token", "PayPal Braintree access token", @"(?<secret>access_token\$(?:production|sandbox)\$[0-9a-z]{16}\$[0-9a-f]{32})", 40, "access_token$"),
        Near("plaid-secret", "Plaid secret", "plaid", "[0-9a-f]{30}", "plaid"),
    ];

    private static RedactionRule[] Monitoring =>
    [
        Near("datadog-key", "Datadog API or application key", "datadog|dd[_-]?api|dd[_-]?app|ddog", "[0-9a-f]{32}|[0-9a-f]{40}", "datadog", "dd_api", "dd-api", "ddapi", "dd_app", "dd-app", "ddapp", "ddog"),
        Token("newrelic-key", "New Relic key", @"(?<secret>NR(?:AK|JS|II|AA|RA|SP|BR|AL)-[A-Za-z0-9_-]{19,}|[A-Za-z0-9]{36}NRAL)", 0, "nrak-", "nrjs-", "nrii-", "nraa-", "nrra-", "nrsp-", "nrbr-", "nral"),
        Token("grafana-service-account", "Grafana service account token", @"(?<secret>glsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8})", 41, "glsa_"),
        Token("grafana-cloud-token", "Grafana Cloud token", @"(?<secret>glc_[A-Za-z0-9+/=]{32,})", 32, "glc_"),
        Token("grafana-api-key", "Grafana API key", @"(?<secret>eyJrIjoi[A-Za-z0-9+/=_-]{40,})", 40, "eyjrijoi"),
        Token("sentry-token", "Sentry token", @"(?<secret>sntry[su]_[A-Za-z0-9+/=_-]{40,})", 40, "sntrys_", "sntryu_"),
        Near("sentry-token-old", "Sentry token of 64 digits", "sentry", "[0-9a-f]{64}", "sentry"),
        Token("sentry-dsn", "Key of a Sentry DSN", @"(?i:https?://)(?<secret>[0-9a-f]{32}(?::[0-9a-f]{32})?)@", 32, "https://", "http://"),
        Near("pagerduty-key", "PagerDuty key", "pagerduty|pager_duty|pd[_-](?:api|token|key)", @"[A-Za-z0-9+_-]{20}|[0-9a-f]{32}", "pagerduty", "pager_duty", "pd_api", "pd-api", "pd_token", "pd_key") with { MinimumEntropy = 3 },
        Token("dynatrace-token", "Dynatrace token", Start + @"(?<secret>dt0[a-z][0-9]{2}\.[A-Za-z0-9]{24}\.[A-Za-z0-9]{64})", 0, "dt0"),
        Token("honeycomb-key", "Honeycomb key", Start + @"(?<secret>hc[abcx](?:ik|mk|lk|ic|lc)_[A-Za-z0-9]{50,})", 50, "hcaik_", "hcbik_", "hccik_", "hcxik_", "hcamk_", "hcxmk_"),
        Token("posthog-key", "PostHog personal key", Start + @"(?<secret>ph[xs]_[A-Za-z0-9]{40,})", 40, "phx_", "phs_"),
        Token("launchdarkly-key", "LaunchDarkly key", Start + "(?<secret>(?:sdk|api|mob|rel)-" + Uuid + ")", 36, "sdk-", "api-", "mob-", "rel-"),
        Near("opsgenie-key", "Opsgenie, VictorOps or Rollbar key", "opsgenie|victorops|splunk|rollbar|bugsnag|honeybadger|loggly|logzio|sumologic", Uuid + "|[A-Za-z0-9]{32,64}", "opsgenie", "victorops", "splunk", "rollbar", "bugsnag", "honeybadger", "loggly", "logzio", "sumologic") with { MinimumEntropy = 3 },
    ];

    private static RedactionRule[] Intelligence =>
    [
        Token("anthropic-key", "Anthropic key", @"(?<secret>sk-ant-[A-Za-z0-9_-]{32,})", 32, "sk-ant-"),
        Token("openai-key", "OpenAI key", @"(?<secret>sk-(?:proj|svcacct|admin|None)-[A-Za-z0-9_-]{32,}|sk-[A-Za-z0-9_-]{16,}T3BlbkFJ[A-Za-z0-9_-]{16,})", 16, "sk-proj-", "sk-svcacct-", "sk-admin-", "sk-none-", "T3BlbkFJ"),
        Token("model-key", "Key of a model service in the common form", Start + @"(?<secret>sk-(?:or-v[0-9]-)?[A-Za-z0-9]{32,})", 32, "sk-"),
        Token("huggingface-token", "Hugging Face token", Start + @"(?<secret>(?:hf_|api_org_)[A-Za-z0-9]{30,})", 30, "hf_", "api_org_"),
        Token("groq-key", "Groq key", Start + @"(?<secret>gsk_[A-Za-z0-9]{40,})", 40, "gsk_"),
        Token("replicate-token", "Replicate token", Start + @"(?<secret>r8_[A-Za-z0-9]{37,})", 37, "r8_"),
        Token("xai-key", "xAI key", Start + @"(?<secret>xai-[A-Za-z0-9]{60,})", 60, "xai-"),
        Token("perplexity-key", "Perplexity key", @"(?<secret>pplx-[A-Za-z0-9]{40,})", 40, "pplx-"),
        Near("cohere-key", "Cohere, Mistral or other model key by its neighbourhood", "cohere|mistral|elevenlabs|assemblyai|deepgram|together_?ai|fireworks", "[A-Za-z0-9]{32,64}", "cohere", "mistral", "elevenlabs", "assemblyai", "deepgram", "together", "fireworks") with { MinimumEntropy = 3.5 },
    ];

    private static RedactionRule[] Data =>
    [
        Token("databricks-token", "Databricks token", Start + @"(?<secret>(?:dapi|dose|dkea|dsap)[a-f0-9]{32}(?:-[0-9]+)?)", 32, "dapi", "dose", "dkea", "dsap"),
        Near("snowflake-secret", "Snowflake password or token", "snowflake|snowsql", @"(?:ver:[0-9]-hint:[0-9]+-)?[A-Za-z0-9_+/=!@#%^&*.-]{12,}", "snowflake", "snowsql") with { MinimumEntropy = 3 },
        Token("supabase-key", "Supabase key", Start + @"(?<secret>sbp_(?:v0_)?[a-f0-9]{40,}|sb_secret_[A-Za-z0-9_-]{20,})", 20, "sbp_", "sb_secret_"),
        Token("planetscale-token", "PlanetScale token", @"(?<secret>pscale_(?:pw|tkn|oauth|api)_[A-Za-z0-9_.=-]{32,})", 32, "pscale_pw_", "pscale_tkn_", "pscale_oauth_", "pscale_api_"),
        Near("algolia-key", "Algolia key", "algolia", "[0-9a-f]{32}|[A-Za-z0-9]{32}", "algolia"),
        Near("elastic-key", "Elastic, Confluent, MongoDB Atlas, Mapbox or Contentful key by its neighbourhood", "elastic|confluent|atlas|contentful|pinecone|qdrant|weaviate|upstash", Uuid + "|[A-Za-z0-9+/_-]{40,}={0,2}", "elastic", "confluent", "atlas", "contentful", "pinecone", "qdrant", "weaviate", "upstash") with { MinimumEntropy = 3.5 },
        Token("mapbox-token", "Mapbox secret token", @"(?<secret>[st]k\.eyJ[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{16,})", 36, "sk.eyj", "tk.eyj"),
        Token("age-secret-key", "age secret key", @"(?<secret>(?i:AGE-SECRET-KEY-(?:PQ-)?1)[A-Za-z0-9]{40,})", 40, "age-secret-key-"),
    ];

    private static RedactionRule[] Identity =>
    [
        Near("okta-token", "Okta token", "okta|ssws", "00[A-Za-z0-9_-]{40}", "okta", "ssws"),
        Near("auth0-secret", "Auth0 client secret", "auth0", "[A-Za-z0-9_-]{64,}", "auth0") with { MinimumEntropy = 3.5 },
        Near("firebase-token", "Firebase token", "firebase", "[A-Za-z0-9_/-]{36,}", "firebase") with { MinimumEntropy = 3.5 },
        Near("facebook-token", "Facebook, X, LinkedIn or Twitch token by its neighbourhood", "facebook|twitter|linkedin|twitch|instagram|spotify", "[A-Za-z0-9%_-]{28,}", "facebook", "twitter", "linkedin", "twitch", "instagram", "spotify") with { MinimumEntropy = 3.7 },
        Token("facebook-access-token", "Facebook access token", Start + @"(?<secret>EAA[A-Za-z0-9]{80,})", 80, "eaa"),
        Token("jwt", "JSON Web Token", @"(?<secret>ey[A-Za-z0-9_-]{10,}\.(?:ey[A-Za-z0-9_-]{6,}|[A-Za-z0-9_-]*\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)(?:\.[A-Za-z0-9_=-]*){0,3})", 20, "eyj", "eyk", "eya"),
    ];
}
