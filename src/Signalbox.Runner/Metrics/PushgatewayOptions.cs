using Signalbox.Settings;

namespace Signalbox.Runner.Metrics;

/// <summary>Where metrics are pushed to, and under which grouping key.</summary>
internal sealed record PushgatewayOptions
{
    public required Uri Url { get; init; }

    public string Job { get; init; } = "cicd-runner";

    /// <summary>Labels of the group beside <c>job</c>, in their order. Values may hold the placeholders of <see cref="GroupingValue"/>.</summary>
    public IReadOnlyList<MetricLabel> Grouping { get; init; } = [];

    /// <summary>Whether the group is deleted again once the run has ended and been pushed; for gateways that are scraped within the run only.</summary>
    public bool Delete { get; init; }

    public string? Username { get; init; }

    public string? PasswordFile { get; init; }

    /// <returns>Null when no gateway is named.</returns>
    public static PushgatewayOptions? Read(SettingsReader settings)
    {
        const string Section = "metrics.pushgateway.";
        var url = settings.OptionalText(Section + "url", "Pushgateway that the run's metrics are put to at its end, for example http://pushgateway:9091.");
        var job = settings.Text(Section + "job", "cicd-runner", "Value of the label job in the grouping key.");
        var grouping = settings.Structure(
            Section + "grouping",
            "Further labels of the grouping key, a mapping; {repository}, {branch}, {pipeline}, {job}, {platform}, {actor}, {agent} and {run_id} stand for what the run says. Without it: repository and pipeline.");
        var delete = settings.Switch(Section + "delete", false, "Delete the group after it has been pushed.");
        var username = settings.OptionalText(Section + "username", "User of basic authentication.");
        var passwordFile = settings.OptionalText(Section + "password_file", "File with the password of basic authentication; the file's last line break is not part of it.");
        var labels = ReadGrouping(settings, Section + "grouping", grouping);
        if (url is null)
        {
            return null;
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.UserInfo.Length > 0)
        {
            settings.Fail(Section + "url", "Write an absolute http or https URL without user and password; those have their own keys.");
            return null;
        }

        if (username is null != (passwordFile is null))
        {
            settings.Fail(Section + (username is null ? "password_file" : "username"), "username and password_file go together.");
        }

        return new PushgatewayOptions
        {
            Url = address,
            Job = job,
            Grouping = labels ?? [new("repository", "{repository}"), new("pipeline", "{pipeline}")],
            Delete = delete,
            Username = username,
            PasswordFile = passwordFile is null ? null : Path.GetFullPath(passwordFile, Path.GetFullPath(settings.BaseFolder)),
        };
    }

    private static List<MetricLabel>? ReadGrouping(SettingsReader settings, string key, SettingsNode? node)
    {
        if (node is null)
        {
            return null;
        }

        if (node is not MapNode map)
        {
            settings.Fail(node, key, $"A mapping of labels to values belongs here, not {node.Kind}.");
            return null;
        }

        var labels = new List<MetricLabel>();
        foreach (var entry in map.Entries)
        {
            var name = entry.Key.Text!;
            if (!IsLabelName(name) || name == "job")
            {
                settings.Fail(entry.Key, key, $"'{name}' is no name of a label here: letters, digits and _, not beginning with a digit or __, and not job.");
            }
            else if (entry.Value is ScalarNode value)
            {
                labels.Add(new MetricLabel(name, value.Text ?? string.Empty));
            }
            else
            {
                settings.Fail(entry.Value, key, $"A single value belongs here, not {entry.Value.Kind}.");
            }
        }

        return labels;
    }

    private static bool IsLabelName(string name) =>
        name.Length > 0
        && !char.IsAsciiDigit(name[0])
        && !name.StartsWith("__", StringComparison.Ordinal)
        && name.All(static character => char.IsAsciiLetterOrDigit(character) || character == '_');
}
