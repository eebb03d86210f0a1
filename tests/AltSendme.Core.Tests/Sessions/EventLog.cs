using AltSendme.Core.Progress;

namespace AltSendme.Core.Tests.Sessions;

/// <summary>Keeps what was reported, from any thread.</summary>
internal sealed class EventLog : IProgress<TransferEvent>
{
    private readonly List<TransferEvent> _events = [];

    public event Action<TransferEvent>? Reported;

    public IReadOnlyList<T> Of<T>()
        where T : TransferEvent
    {
        lock (_events)
            return [.. _events.OfType<T>()];
    }

    public void Report(TransferEvent value)
    {
        lock (_events)
            _events.Add(value);
        Reported?.Invoke(value);
    }
}
