using System.Buffers.Binary;

namespace AltSendme.Quic.Paths;

/// <summary>Challenges and responses of one path (RFC 9000, section 8.2).</summary>
internal sealed class PathValidation
{
    private const int MaxAttempts = 5;

    private readonly ulong[] _responses = new ulong[Limits.PendingPathResponses];
    private ulong _challenge;
    private int _responseCount;
    private int _attempts;

    /// <summary>Whether an answer is awaited.</summary>
    public bool IsUnderWay { get; private set; }

    /// <summary>Whether a PATH_CHALLENGE should be sent.</summary>
    public bool IsChallengePending { get; private set; }

    /// <summary>
    /// Whether the challenge was sent in less than a full datagram: its answer proves the address, but not that the path carries QUIC's smallest MTU, which another one must find out (RFC 9000, section 8.2.3).
    /// </summary>
    public bool WasShort { get; set; }

    /// <summary>Whether a PATH_RESPONSE should be sent.</summary>
    public bool IsResponsePending => _responseCount > 0;

    /// <summary>When the next attempt is due.</summary>
    public Instant Deadline { get; private set; } = Instant.Never;

    /// <summary>Begins to validate.</summary>
    public void Start(RandomSource random)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        random.Fill(bytes);
        _challenge = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _attempts = 0;
        WasShort = false;
        IsUnderWay = true;
        IsChallengePending = true;
        Deadline = Instant.Never;
    }

    /// <summary>Asks again now, with the same data: an answer to an earlier attempt still counts.</summary>
    public void Repeat()
    {
        _attempts = 0;
        IsChallengePending = true;
        Deadline = Instant.Never;
    }

    /// <summary>The data to send; the next attempt follows after <paramref name="timeout"/>, longer each time.</summary>
    public ulong OnChallengeSent(Instant now, TimeSpan timeout)
    {
        IsChallengePending = false;
        Deadline = now + (timeout * (1 << _attempts++));
        return _challenge;
    }

    /// <summary>The deadline passed: asks for another attempt, or false when all are used up.</summary>
    public bool OnTimeout()
    {
        Deadline = Instant.Never;
        IsChallengePending = _attempts < MaxAttempts;
        IsUnderWay = IsChallengePending;
        return IsUnderWay;
    }

    /// <summary>Takes a PATH_RESPONSE; true when it answers the challenge.</summary>
    public bool OnResponse(ulong data)
    {
        if (!IsUnderWay || data != _challenge)
            return false;
        Stop();
        return true;
    }

    /// <summary>Ends the attempt.</summary>
    public void Stop()
    {
        IsUnderWay = false;
        IsChallengePending = false;
        Deadline = Instant.Never;
    }

    /// <summary>Takes a PATH_CHALLENGE; when too many wait the oldest is forgotten.</summary>
    public void OnChallenge(ulong data)
    {
        if (_responseCount == _responses.Length)
        {
            _responses.AsSpan(1).CopyTo(_responses);
            _responseCount--;
        }

        _responses[_responseCount++] = data;
    }

    /// <summary>Takes the data of the next PATH_RESPONSE.</summary>
    public ulong TakeResponse() => _responses[--_responseCount];
}
