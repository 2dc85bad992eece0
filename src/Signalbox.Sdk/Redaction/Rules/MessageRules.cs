using static Signalbox.Sdk.Redaction.Rules.Shape;

namespace Signalbox.Sdk.Redaction.Rules;

/// <summary>Secrets of messengers, mail, telephony and shared work.</summary>
internal static class MessageRules
{
    public static IReadOnlyList<RedactionRule> All { get; } = [.. Messengers, .. Mail, .. Work];

    private static RedactionRule[] Messengers =>
    [
        Token("slack-token", "Slack token", @"(?<secret>xox[abceoprs](?:\.xox[abceoprs])?-[A-Za-z0-9._%-]{10,})", 10, "xoxa-", "xoxb-", "xoxc-", "xoxe-", "xoxe.", "xoxo-", "xoxp-", "xoxr-", "xoxs-"),
        Token("slack-app-token", "Slack app token", @"(?<secret>(?:xapp|xwfp)-[A-Za-z0-9-]{16,})", 16, "xapp-", "xwfp-"),
        Token("slack-webhook", "Slack webhook", @"(?i:hooks\.slack(?:-gov)?\.com/(?:services|workflows|triggers)/)(?<secret>[A-Za-z0-9+/_-]{16,})", 16, "hooks.slack.com/", "hooks.slack-gov.com/"),
        Token("discord-webhook", "Discord webhook", @"(?i:discord(?:app)?\.com/api/(?:v[0-9]{1,2}/)?webhooks/)(?<secret>[0-9]{10,}/[A-Za-z0-9_-]{40,})", 40, "discord.com/api/", "discordapp.com/api/"),
        Token("discord-token", "Discord bot token", Start + @"(?<secret>[MNO][A-Za-z0-9_-]{22,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,})", 0, "discord", "bot"),
        Token("telegram-token", "Telegram bot token", @"(?<secret>[0-9]{8,10}:AA[A-Za-z0-9_-]{32,})", 32, ":aa"),
        Token("teams-webhook", "Microsoft Teams webhook", @"(?i:webhook\.office\.com/webhookb2/)(?<secret>[A-Za-z0-9@/-]{60,})", 0, "webhook.office.com/"),
        Near("line-token", "LINE channel token", "line_?channel|line_?notify|channel_?access", "[A-Za-z0-9+/]{40,}={0,2}", "line_channel", "linechannel", "line_notify", "channel_access") with { MinimumEntropy = 3.5 },
    ];

    private static RedactionRule[] Mail =>
    [
        Token("sendgrid-key", "SendGrid API key", @"(?<secret>SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,})", 33, "sg."),
        Token("mailgun-key", "Mailgun API key", Start + @"(?<secret>(?:pub)?key-[0-9a-f]{32})" + End, 32, "key-"),
        Token("mailgun-key-new", "Mailgun API key of three parts", Start + @"(?<secret>[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8})" + End, 0, "mailgun"),
        Token("mailchimp-key", "Mailchimp API key", Start + @"(?<secret>[0-9a-f]{32}-us[0-9]{1,2})" + End, 1, "-us"),
        Token("brevo-key", "Brevo API key", @"(?<secret>xkeysib-[0-9a-f]{60,}-[A-Za-z0-9]{16})", 60, "xkeysib-"),
        Token("resend-key", "Resend API key", Start + @"(?<secret>re_[A-Za-z0-9]{6,10}_[A-Za-z0-9]{20,})", 24, "re_"),
        Near("postmark-token", "Postmark server token", "postmark", "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "postmark"),
        Token("twilio-key", "Twilio API key", Start + @"(?<secret>SK[0-9a-f]{32})" + End, 31, [.. "0123456789abcdef".Select(static digit => $"sk{digit}")]),
        Near("twilio-auth-token", "Twilio auth token", "twilio", "[0-9a-f]{32}", "twilio"),
        Near("nexmo-secret", "Vonage secret", "vonage|nexmo", "[A-Za-z0-9]{16}", "vonage", "nexmo") with { MinimumEntropy = 3 },
    ];

    private static RedactionRule[] Work =>
    [
        Token("atlassian-token", "Atlassian token", @"(?<secret>AT(?:ATT|CTT|STT)3[A-Za-z0-9_=+/-]{20,})", 20, "atatt3", "atctt3", "atstt3"),
        Near("atlassian-token-old", "Atlassian token of 24 characters", "atlassian|jira|confluence", "[A-Za-z0-9]{24}", "atlassian", "jira", "confluence") with { MinimumEntropy = 3.5 },
        Token("linear-key", "Linear API key", @"(?<secret>lin_(?:api|oauth|wh)_[A-Za-z0-9]{32,})", 32, "lin_api_", "lin_oauth_", "lin_wh_"),
        Token("notion-token", "Notion token", Start + @"(?<secret>(?:ntn_|secret_)[A-Za-z0-9]{40,})", 40, "ntn_", "secret_"),
        Token("airtable-token", "Airtable token", Start + @"(?<secret>pat[A-Za-z0-9]{14}\.[a-f0-9]{64})", 79, "pat"),
        Near("airtable-key", "Airtable key", "airtable", "key[A-Za-z0-9]{14}", "airtable"),
        Token("figma-token", "Figma token", @"(?<secret>fig[dor]_[A-Za-z0-9_-]{36,})", 36, "figd_", "figo_", "figr_"),
        Token("dropbox-token", "Dropbox token", Start + @"(?<secret>sl\.(?:u\.)?[A-Za-z0-9_-]{100,})", 100, "sl."),
        Near("asana-token", "Asana, Trello, ClickUp, Zendesk or HubSpot token by its neighbourhood", "asana|trello|clickup|zendesk|hubspot|intercom", @"[0-9]/[0-9]{10,}:[0-9a-f]{32}|pk_[0-9]+_[A-Z0-9]{32}|ATTA[A-Za-z0-9]{60,}|pat-[a-z0-9]{2,4}-[0-9a-f-]{36}|[A-Za-z0-9]{32,64}", "asana", "trello", "clickup", "zendesk", "hubspot", "intercom") with { MinimumEntropy = 3 },
        Token("hubspot-token", "HubSpot private app token", Start + @"(?<secret>pat-(?:na|eu|ap)[0-9]-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})", 36, "pat-na", "pat-eu", "pat-ap"),
    ];
}
