using System.Text.Json;
using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Agents.Claude;

/// <summary>Reads accounts of tokens in both spellings that occur: <c>input_tokens</c> and <c>inputTokens</c>.</summary>
internal static class ClaudeUsage
{
    /// <summary>Models that one account may name; those beyond are left out.</summary>
    private const int MaxModels = 100;

    /// <summary>The object after the current property name; null when it is none.</summary>
    public static TokenCounts? Read(ref Utf8JsonReader reader)
    {
        if (!reader.EntersObject())
        {
            return null;
        }

        var account = default(Account);
        while (reader.NextMember())
        {
            if (!account.Take(ref reader))
            {
                reader.Skip();
            }
        }

        return account.Tokens;
    }

    /// <summary>The object of models after the current property name.</summary>
    public static List<ModelUsage> ReadModels(ref Utf8JsonReader reader)
    {
        var models = new List<ModelUsage>();
        if (!reader.EntersObject())
        {
            return models;
        }

        while (reader.NextMember())
        {
            var model = JsonTexts.Read(ref reader, 500);
            if (!reader.EntersObject())
            {
                continue;
            }

            var account = default(Account);
            double? cost = null;
            while (reader.NextMember())
            {
                if (reader.Is("costUSD"u8) || reader.Is("costUsd"u8) || reader.Is("cost_usd"u8))
                {
                    cost = ReadCost(ref reader);
                }
                else if (!account.Take(ref reader))
                {
                    reader.Skip();
                }
            }

            if (models.Count < MaxModels)
            {
                models.Add(new ModelUsage(model, account.Tokens, cost));
            }
        }

        return models;
    }

    /// <summary>US dollars; null when it is no amount.</summary>
    public static double? ReadCost(ref Utf8JsonReader reader) => reader.NextNumber() is { } cost and >= 0 and <= 1e9 ? cost : null;

    /// <summary>An account that is being read.</summary>
    private struct Account
    {
        private long _input;
        private long _output;
        private long _cacheRead;
        private long? _cacheCreation;
        private long _shortLived;
        private long _longLived;

        public readonly TokenCounts Tokens => new(_input, _output, _cacheRead, _cacheCreation ?? (_shortLived + _longLived));

        /// <summary>Takes the current member when it belongs to the account.</summary>
        public bool Take(ref Utf8JsonReader reader)
        {
            if (reader.Is("input_tokens"u8) || reader.Is("inputTokens"u8))
            {
                _input = reader.NextCount() ?? 0;
            }
            else if (reader.Is("output_tokens"u8) || reader.Is("outputTokens"u8))
            {
                _output = reader.NextCount() ?? 0;
            }
            else if (reader.Is("cache_read_input_tokens"u8) || reader.Is("cacheReadInputTokens"u8))
            {
                _cacheRead = reader.NextCount() ?? 0;
            }
            else if (reader.Is("cache_creation_input_tokens"u8) || reader.Is("cacheCreationInputTokens"u8))
            {
                _cacheCreation = reader.NextCount();
            }
            else if (reader.Is("cache_creation"u8) || reader.Is("cacheCreation"u8))
            {
                TakeCreation(ref reader);
            }
            else
            {
                return false;
            }

            return true;
        }

        private void TakeCreation(ref Utf8JsonReader reader)
        {
            if (!reader.EntersObject())
            {
                return;
            }

            while (reader.NextMember())
            {
                if (reader.Is("ephemeral_5m_input_tokens"u8))
                {
                    _shortLived = reader.NextCount() ?? 0;
                }
                else if (reader.Is("ephemeral_1h_input_tokens"u8))
                {
                    _longLived = reader.NextCount() ?? 0;
                }
                else
                {
                    reader.Skip();
                }
            }
        }
    }
}
