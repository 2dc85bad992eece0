using Signalbox.PromQL.Model;

namespace Signalbox.PromQL.Evaluation;

/// <summary>Owns the sample buffers of one query, so that all go back to the shared pool when it ends.</summary>
internal sealed class BufferPool : IDisposable
{
    private readonly List<SampleBuffer> _rented = [];

    /// <summary>A buffer for as long as the query runs.</summary>
    public SampleBuffer Rent()
    {
        var buffer = new SampleBuffer();
        _rented.Add(buffer);
        return buffer;
    }

    public void Dispose()
    {
        foreach (var buffer in _rented)
        {
            buffer.Dispose();
        }

        _rented.Clear();
    }
}
