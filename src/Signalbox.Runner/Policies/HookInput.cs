using System.Text.Json;

namespace Signalbox.Runner.Policies;

/// <summary>What an agent tells its PreToolUse hook.</summary>
/// <remarks>Source: https://code.claude.com/docs/en/hooks#pretooluse-input</remarks>
/// <param name="Event">Such as <c>PreToolUse</c>.</param>
/// <param name="ToolUseId">Empty from versions that do not tell it.</param>
/// <param name="Input">A JSON object.</param>
/// <param name="Folder">Where the agent works.</param>
internal sealed record HookInput(string Event, string Tool, string ToolUseId, JsonElement Input, string? Folder)
{
    public const string PreToolUse = "PreToolUse";

    /// <summary>Longest input that is read; a file that an agent writes whole is part of it.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    private static readonly JsonElement Empty = JsonElement.Parse("{}");

    /// <returns>Null when it is not what a hook is told.</returns>
    public static HookInput? Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || Text(root, "hook_event_name") is not { } name)
            {
                return null;
            }

            var tool = Text(root, "tool_name");
            if (name == PreToolUse && tool is null)
            {
                return null;
            }

            var input = root.TryGetProperty("tool_input", out var given) && given.ValueKind == JsonValueKind.Object ? given.Clone() : Empty;
            return new HookInput(name, tool ?? string.Empty, Text(root, "tool_use_id") ?? string.Empty, input, Text(root, "cwd"));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // A text with half a surrogate pair is told by the second.
            return null;
        }
    }

    /// <summary>Reads all there is, up to the bound.</summary>
    /// <returns>Null when there is more.</returns>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(Stream input, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        var piece = new byte[16 * 1024];
        while (await input.ReadAsync(piece, cancellationToken) is var read and > 0)
        {
            if (buffer.Length + read > MaxBytes)
            {
                return null;
            }

            buffer.Write(piece, 0, read);
        }

        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
}
