namespace Signalbox.Server.Jobs.Engine.Runs;

/// <summary>Remembers by their fences the latest claims whose work began in this process and was given up without a written end. Thread-safe.</summary>
/// <remarks>Their rows may show this process as the owner until their leases run out, so the memory outlasts many leases; the oldest are forgotten first.</remarks>
internal sealed class ForsakenClaims
{
    private const int Most = 100_000;

    private readonly Lock _gate = new();
    private readonly HashSet<long> _fences = [];
    private readonly Queue<long> _order = new();

    public void Add(long fence)
    {
        lock (_gate)
        {
            if (!_fences.Add(fence))
            {
                return;
            }

            _order.Enqueue(fence);
            if (_order.Count > Most)
            {
                _fences.Remove(_order.Dequeue());
            }
        }
    }

    public bool Contains(long fence)
    {
        lock (_gate)
        {
            return _fences.Contains(fence);
        }
    }
}
