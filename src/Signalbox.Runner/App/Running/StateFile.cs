using System.Buffers;
using System.Text.Json;
using Signalbox.Runner.Facts;

namespace Signalbox.Runner.App.Running;

/// <summary>Keeps <c>state.json</c>: what the agent's hook must know of the run while it goes on.</summary>
/// <remarks>Thread-safe. A state that cannot be written is tried again with the next one.</remarks>
internal sealed class StateFile(string path)
{
    public const string Running = "running";

    /// <summary>No new work: memory is short.</summary>
    public const string Refusing = "refusing";

    /// <summary>The run is being ended.</summary>
    public const string Stopping = "stopping";

    private readonly Lock _gate = new();
    private RunState _now = new(Running, null, 0);
    private RunState? _written;

    /// <summary>Takes what a sample says; a run that is being ended stays so.</summary>
    public void Take(ResourceSample sample)
    {
        lock (_gate)
        {
            if (_now.State != Stopping)
            {
                var isShort = sample.Level is "refusing" or "critical";
                Write(new RunState(isShort ? Refusing : Running, isShort ? "memory" : null, Math.Round(sample.MemoryPercent)));
            }
        }
    }

    /// <param name="reason">One of the outcome's reasons.</param>
    public void Stop(string reason)
    {
        lock (_gate)
        {
            Write(_now with { State = Stopping, Reason = reason });
        }
    }

    public void Begin()
    {
        lock (_gate)
        {
            Write(_now);
        }
    }

    private void Write(RunState state)
    {
        _now = state;
        if (state == _written)
        {
            return;
        }

        try
        {
            PrivateFiles.Replace(path, Text(state));
            _written = state;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A full disk must not stop the run; the hook goes by the state before.
            _written = null;
        }
    }

    private static ReadOnlySpan<byte> Text(RunState state)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("state", state.State);
        FactMembers.WriteText(writer, "reason", state.Reason);
        writer.WriteNumber("memoryPercent", state.MemoryPercent);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan;
    }
}

/// <summary>The content of <c>state.json</c>.</summary>
/// <param name="State"><c>running</c>, <c>refusing</c> or <c>stopping</c>.</param>
internal sealed record RunState(string State, string? Reason, double MemoryPercent);
