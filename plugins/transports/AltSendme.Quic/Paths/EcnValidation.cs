using AltSendme.Quic.Frames;

namespace AltSendme.Quic.Paths;

/// <summary>Whether a path carries ECN marks, and whether it marked congestion (RFC 9000, section 13.4 and appendix A.4). Used for 1-RTT packets only.</summary>
internal sealed class EcnValidation(bool isEnabled)
{
    private const int TestPackets = 10;

    private State _state = isEnabled ? State.Testing : State.Failed;
    private EcnCounts _counts;
    private int _sent;
    private int _lost;

    private enum State
    {
        Testing,
        Unknown,
        Capable,
        Failed,
    }

    /// <summary>How the next packet is marked.</summary>
    public Ecn Mark => _state is State.Testing or State.Capable ? Ecn.Ect0 : Ecn.NotCapable;

    /// <summary>Begins from counts that another path's packets caused.</summary>
    public void Inherit(EcnValidation other) => _counts = other._counts;

    /// <summary>A marked packet was sent.</summary>
    public void OnSent()
    {
        if (_state == State.Testing && ++_sent == TestPackets)
            _state = State.Unknown;
    }

    /// <summary>A marked packet was lost; when all of the test are, the path may drop what is marked.</summary>
    public void OnLost()
    {
        if (_state is State.Testing or State.Unknown && ++_lost >= TestPackets)
            _state = State.Failed;
    }

    /// <summary>Takes the counts of an ACK frame that newly acknowledged so many marked packets; true when congestion was marked.</summary>
    public bool OnAck(EcnCounts? reported, int newlyAcknowledged)
    {
        if (_state == State.Failed)
            return false;
        if (reported is not { } counts)
        {
            if (newlyAcknowledged > 0)
                _state = State.Failed;
            return false;
        }

        // Counts only grow; an ACK that came late tells nothing new.
        if (counts.Ect0 < _counts.Ect0 || counts.Ce < _counts.Ce)
            return false;

        var grown = counts.Ect0 - _counts.Ect0 + (counts.Ce - _counts.Ce);
        if (grown < (ulong)newlyAcknowledged || counts.Ect1 > 0)
        {
            _state = State.Failed;
            return false;
        }

        var isCongested = counts.Ce > _counts.Ce;
        _counts = counts;
        if (newlyAcknowledged > 0)
            _state = State.Capable;
        return isCongested;
    }
}
