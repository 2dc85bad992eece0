using System.Text;
using Signalbox.Runner.Agents.Mapping;
using Signalbox.Runner.Facts;
using Signalbox.Settings;
using Xunit;

namespace Signalbox.Runner.Tests.Agents;

public sealed class AgentMappingTests
{
    [Theory]
    [InlineData("events: []", "name", 1, 1)]
    [InlineData("name: x", "events", 1, 1)]
    [InlineData("name: x\nevents: []", "events", 2, 9)]
    [InlineData("name: x\nmodels: y\nevents: [{when: {$.a: b}, ignore: true}]", "models", 2, 1)]
    [InlineData("name: x\nevents:\n- ignore: true", "when", 3, 3)]
    [InlineData("name: x\nevents:\n- when: {$.a: b}", "events", 3, 3)]
    [InlineData("name: x\nevents:\n- when: {a: b}\n  ignore: true", "when", 3, 10)]
    [InlineData("name: x\nevents:\n- when: {$.a: {is: b}}\n  ignore: true", "when", 3, 15)]
    [InlineData("name: x\nevents:\n- when: {$.a: b}\n  ignore: false", "ignore", 4, 11)]
    [InlineData("name: x\nevents:\n- when: {$.a: b}\n  speak: {text: c}", "speak", 4, 3)]
    [InlineData("name: x\nevents:\n- when: {$.a: b}\n  text: {text: $.a..b}", "text.text", 4, 16)]
    [InlineData("name: x\nevents:\n- when: {$.a: b}\n  text: {text: $each.b}", "text.text", 4, 16)]
    [InlineData("name: x\nevents:\n- when: {$.a: b}\n  text: {words: c}", "words", 4, 10)]
    [InlineData("name: x\nevents:\n- when: {$.a: b}\n  tool_call: {id: c}", "tool_call.name", 4, 14)]
    [InlineData("name: x\nevents:\n- when: {$.a: b}\n  each: $each.x\n  note: {kind: c}", "each", 4, 9)]
    [InlineData("name: x\nevents:\n- when: {$.a: b}\n  tool_result: {id: c, is_error: maybe}", "tool_result.is_error", 4, 34)]
    [InlineData("name: x\nevents:\n- when: {$.a: b}\n  note: {kind: {a: b}}", "note.kind", 4, 16)]
    public void TellsWhatIsWrongAndWhere(string yaml, string key, int line, int column)
    {
        var exception = Assert.Throws<SettingsException>(() => AgentMapping.Parse(yaml, "m.yaml"));

        Assert.Contains(exception.Errors, error => error.Key == key && error.Place == $"m.yaml:{line}:{column}");
    }

    [Fact]
    public void LooksUpValuesInEveryForm()
    {
        var call = Assert.IsType<ToolCalled>(Assert.Single(Read(
            "tool_call: {id: '{$.n}-{$.list[1]}', name: [$.absent, $.name], input: {path: \"$['a b']\", whole: $.list, fixed: text, absent: $.absent}}",
            """{"type":"t","n":7,"list":["x","y"],"name":"Edit","a b":{"c":null}}""")));

        Assert.Equal("7-y", call.ToolUseId);
        Assert.Equal("Edit", call.Name);
        Assert.Equal("""{"path":{"c":null},"whole":["x","y"],"fixed":"text"}""", call.Input.GetRawText());
    }

    [Fact]
    public void MakesOneEventOfEveryElement()
    {
        var events = Read("each: $.changes\n  tool_call: {id: '{$index}', name: '{$each.kind}', input: {p: $each.path, n: $index}}", """{"type":"t","changes":[{"kind":"add","path":"a"},{"kind":"del","path":"b"},7]}""");

        Assert.Equal(["""0 add {"p":"a","n":0}""", """1 del {"p":"b","n":1}"""], events.OfType<ToolCalled>().Take(2).Select(static call => $"{call.ToolUseId} {call.Name} {call.Input}"));
    }

    [Theory]
    [InlineData("{$.s: [failed, declined]}", true)]
    [InlineData("{$.s: {not: [failed]}}", false)]
    [InlineData("{$.s: {not: completed}, $.f: 'true'}", true)]
    [InlineData("{$.x: {present: false}}", true)]
    [InlineData("$.f", true)]
    [InlineData("$.s", false)]
    [InlineData("true", true)]
    public void SetsFlagsByConditions(string condition, bool isError) =>
        Assert.Equal(isError, Assert.IsType<ToolReturned>(Assert.Single(Read($"tool_result: {{id: a, is_error: {condition}}}", """{"type":"t","s":"failed","f":true}"""))).IsError);

    [Fact]
    public void TakesTheCacheOutOfTheInputWhereItIsPartOfIt()
    {
        var spoke = Assert.IsType<AssistantSpoke>(Assert.Single(Read("usage: {input: $.i, output: $.o, cache_read: $.c, input_includes_cache: true}", """{"type":"t","i":100,"o":5,"c":90}""")));

        Assert.Equal(new TokenCounts(10, 5, 90, 0), spoke.Usage);
    }

    [Fact]
    public void TakesTheModelFromTheCommand()
    {
        var mapping = AgentMapping.Parse("{name: x, model_options: [-m, --model], model: other, events: [{when: {$.type: t}, usage: {input: $.i}}]}", "m.yaml");

        Assert.Equal(["big", "small", "other"], ((string[][])[["x", "-m", "big"], ["x", "--model=small"], ["x"]]).Select(command =>
        {
            var events = new List<AgentEvent>();
            new MappedReader(mapping, command).Read("{\"type\":\"t\",\"i\":1}"u8.ToArray(), 0, StreamTranscript.At, events);
            return ((AssistantSpoke)events[0]).Model;
        }));
    }

    private static List<AgentEvent> Read(string actions, string line)
    {
        var events = new List<AgentEvent>();
        new MappedReader(AgentMapping.Parse($"name: x\nevents:\n- when: {{$.type: t}}\n  {actions}\n", "m.yaml"), []).Read(Encoding.UTF8.GetBytes(line), 0, StreamTranscript.At, events);
        return events;
    }
}
