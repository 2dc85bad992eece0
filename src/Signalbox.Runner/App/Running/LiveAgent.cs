using System.Threading.Channels;
using Signalbox.Runner.Agents;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Readings;
using Signalbox.Runner.Readings.Report;

namespace Signalbox.Runner.App.Running;

/// <summary>Reads an agent's output right behind the disk, and hands on what it tells.</summary>
internal sealed class LiveAgent : IDisposable
{
    /// <summary>Marks that wait to be read; beyond, the command waits, too.</summary>
    private const int MaxMarks = 4_096;

    private readonly Channel<StreamMark> _marks = Channel.CreateBounded<StreamMark>(new BoundedChannelOptions(MaxMarks) { SingleReader = true, SingleWriter = true });
    private readonly StreamPlayback _playback;
    private readonly AgentStream _stream;
    private readonly AgentFeed _feed;
    private readonly LiveAgentListeners _listeners;
    private readonly PolicyRecorder? _recorder;

    /// <param name="raw">What the pump writes, to be read.</param>
    public LiveAgent(RunBeginning run, FileStream raw, IAgentReader reader, FactLog facts, DecisionFeed decisions, LiveAgentListeners listeners)
    {
        _listeners = listeners;
        _stream = new AgentStream(reader, run.Request.Options.Agent.MaxLineBytes);
        _playback = new StreamPlayback(raw, _stream, run.Start.At);
        _feed = new AgentFeed(decisions, facts.HandOn);
        _recorder = PolicyRecorder.For(run, decisions, facts, listeners.Steps);
    }

    /// <summary>Where the pump tells how far the output is on disk.</summary>
    public ChannelWriter<StreamMark> Marks => _marks.Writer;

    public StreamReport Report => _stream.Report;

    /// <summary>Runs until the output has ended and all of it has been read.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var mark in _marks.Reader.ReadAllAsync(cancellationToken))
            {
                _listeners.Watch.LineRead();
                await _playback.ReadToAsync(mark, TakeAsync);
                _listeners.Checked();
            }

            await _playback.ReadToEndAsync(TakeAsync);
            _feed.Complete();
            _listeners.Checked();
        }
        finally
        {
            // Whoever still writes must not wait for a reader that is gone.
            _marks.Writer.TryComplete();
        }
    }

    public void Dispose() => _recorder?.Dispose();

    private async ValueTask TakeAsync(AgentEvent told)
    {
        if (_recorder is not null)
        {
            await _recorder.TakeAsync(told);
        }

        _feed.Take(told);
        _listeners.Watch.Take(told);
    }
}

/// <summary>Who else wants to know what an agent tells while it goes on.</summary>
/// <param name="Watch">Notices when it tells nothing any more.</param>
/// <param name="Checked">Called when a stretch of output has been read.</param>
/// <param name="Steps">Measures what the policy takes to decide.</param>
internal sealed record LiveAgentListeners(AgentWatch Watch, Action Checked, Lazy<OwnSteps> Steps);
