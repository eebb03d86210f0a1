using AltSendme.Abstractions;

namespace AltSendme.Core.Sending;

/// <summary>What each receiver of a share has been sent, also one that left and may come back. Used by the one task that accepts connections.</summary>
internal sealed class ServedLedger(ContentIndex index)
{
    /// <summary>Receivers that are remembered; well above those that can be connected at once.</summary>
    public const int MaxReceivers = 256;

    private readonly Dictionary<EndpointId, LinkedListNode<(EndpointId Id, ServedContent Content)>> _byId = [];
    private readonly LinkedList<(EndpointId Id, ServedContent Content)> _recent = new();

    /// <summary>The account of a receiver that has just connected. The one that has not connected for the longest time is forgotten when there are too many.</summary>
    public ServedContent Of(EndpointId receiver)
    {
        if (_byId.TryGetValue(receiver, out var known))
        {
            _recent.Remove(known);
        }
        else
        {
            known = new LinkedListNode<(EndpointId, ServedContent)>((receiver, new ServedContent(index)));
            _byId.Add(receiver, known);
        }

        _recent.AddLast(known);
        if (_byId.Count > MaxReceivers)
        {
            _byId.Remove(_recent.First!.Value.Id);
            _recent.RemoveFirst();
        }

        return known.Value.Content;
    }
}
