using System.Globalization;
using System.Text.RegularExpressions;
using Signalbox.PromQL.Syntax;

namespace Signalbox.PromQL.Tests.Scripting;

/// <summary>Reads PromQL test scripts: <c>load</c>, <c>eval</c>, <c>clear</c>.</summary>
internal static partial class ScriptParser
{
    public static List<ScriptCommand> Parse(string script)
    {
        var lines = script.Split('\n').Select(static line => line.Trim()).Select(static line => line.StartsWith('#') ? string.Empty : line).ToArray();
        List<ScriptCommand> commands = [];
        for (var index = 0; index < lines.Length; index++)
        {
            if (lines[index].Length == 0)
            {
                continue;
            }

            var start = index;
            var block = lines.Skip(index + 1).TakeWhile(static line => line.Length > 0).ToArray();
            var word = lines[start].Split(' ', '\t')[0].ToLowerInvariant();
            if (word == "clear")
            {
                commands.Add(new ClearCommand(start + 1));
            }
            else if (word.StartsWith("load", StringComparison.Ordinal))
            {
                commands.Add(ParseLoad(lines[start], start + 1, block));
                index += block.Length;
            }
            else if (word.StartsWith("eval", StringComparison.Ordinal))
            {
                commands.Add(ParseEval(lines[start], start + 1, block));
                index += block.Length;
            }
            else
            {
                throw new FormatException($"Line {start + 1}: no command: {lines[start]}");
            }
        }

        return commands;
    }

    [GeneratedRegex(@"^load(?<nhcb>_with_nhcb)?\s+(?<gap>.+?)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Load();

    [GeneratedRegex(@"^eval(?:_(?<mode>fail|warn|ordered|info))?\s+instant\s+(?:at\s+(?<at>.+?))?\s+(?<query>.+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Instant();

    [GeneratedRegex(@"^eval(?:_(?<mode>fail|warn|info))?\s+range\s+from\s+(?<from>.+)\s+to\s+(?<to>.+)\s+step\s+(?<step>.+?)\s+(?<query>.+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Range();

    [GeneratedRegex(@"^expect\s+(?<kind>ordered|fail|warn|no_warn|info|no_info)(?:\s+(?<match>regex|msg):(?<text>.+))?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Expect();

    [GeneratedRegex(@"^expect range vector\s+from\s+(?<from>.+)\s+to\s+(?<to>.+)\s+step\s+(?<step>.+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ExpectRangeVector();

    [GeneratedRegex(@"^expected_fail_(?<match>message|regexp)\s+(?<text>.+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ExpectedFail();

    private static LoadCommand ParseLoad(string line, int number, string[] block)
    {
        var match = Load().Match(line);
        return new LoadCommand(number, Duration(match.Groups["gap"].Value), match.Groups["nhcb"].Success, [.. block.Select(SeriesLine.Parse)]);
    }

    private static EvalCommand ParseEval(string line, int number, string[] block)
    {
        var instant = Instant().Match(line);
        var range = instant.Success ? null : Range().Match(line);
        if (!instant.Success && !range!.Success)
        {
            throw new FormatException($"Line {number}: no eval: {line}");
        }

        var match = range ?? instant;
        var query = match.Groups["query"].Value.Trim();
        var at = instant.Success && instant.Groups["at"].Success ? Duration(instant.Groups["at"].Value) : 0;
        var command = instant.Success
            ? new EvalCommand(number, false, at, at, 1, query)
            : new EvalCommand(number, true, Duration(match.Groups["from"].Value), Duration(match.Groups["to"].Value), Duration(match.Groups["step"].Value), query);
        if (match.Groups["mode"].Success)
        {
            command.Expectations.Add(new Expectation(match.Groups["mode"].Value, null, string.Empty));
        }

        foreach (var expected in block)
        {
            ParseExpected(command, expected);
        }

        return command;
    }

    private static void ParseExpected(EvalCommand command, string line)
    {
        if (Expect().Match(line) is { Success: true } expect)
        {
            command.Expectations.Add(new Expectation(
                expect.Groups["kind"].Value,
                expect.Groups["match"].Success ? expect.Groups["match"].Value : null,
                expect.Groups["text"].Value.Trim()));
        }
        else if (ExpectRangeVector().Match(line) is { Success: true } vector)
        {
            command.RangeVector = (Duration(vector.Groups["from"].Value), Duration(vector.Groups["to"].Value), Duration(vector.Groups["step"].Value));
        }
        else if (line.StartsWith("expect string ", StringComparison.Ordinal))
        {
            command.Text = ((StringLiteral)PromQLParser.Parse(line["expect string ".Length..].Trim())).Value;
        }
        else if (ExpectedFail().Match(line) is { Success: true } fail)
        {
            command.Expectations.RemoveAll(static expectation => expectation.Kind == "fail");
            command.Expectations.Add(new Expectation("fail", fail.Groups["match"].Value == "message" ? "msg" : "regex", fail.Groups["text"].Value.Trim()));
        }
        else if (!line.Contains('{', StringComparison.Ordinal) && NumberText.TryParse(line.TrimStart('+'), out var scalar))
        {
            command.Scalar = scalar;
        }
        else
        {
            command.Series.Add(SeriesLine.Parse(line));
        }
    }

    private static long Duration(string text)
    {
        var trimmed = text.Trim();
        var negative = trimmed.StartsWith('-');
        if (!DurationText.TryParse(negative ? trimmed[1..] : trimmed, out var milliseconds))
        {
            throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"No duration: {text}"));
        }

        return negative ? -milliseconds : milliseconds;
    }
}
