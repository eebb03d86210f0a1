using System.Buffers.Binary;
using AltSendme.Quic.Crypto;

namespace AltSendme.Quic.Simulation.PlainCrypto;

/// <summary>The shape of a TLS 1.3 handshake: hello with parameters; hello, parameters with a certificate, finished; finished. A message is its kind, two bytes of length, and its body.</summary>
internal sealed class PlainSession : ICryptoSession
{
    private const byte Hello = 1;
    private const byte Parameters = 2;
    private const byte Finished = 3;
    private const int HeaderLength = 3;
    private const byte UnexpectedMessage = 10;

    /// <summary>The public key of everybody.</summary>
    public static readonly byte[] Key = "0123456789abcdef0123456789abcdef"u8.ToArray();

    private readonly Side _side;
    private readonly PlainProvider _provider;
    private readonly byte[] _localParameters;
    private readonly Queue<(EncryptionLevel Level, byte[] Bytes)> _outgoing = new();
    private readonly Queue<(EncryptionLevel Level, PacketKeys Keys)> _keys = new();
    private readonly List<byte> _received = [];
    private byte[] _peerParameters = [];
    private ulong _phase = 1000;

    public PlainSession(Side side, byte[] localParameters, PlainProvider provider)
    {
        _side = side;
        _provider = provider;
        _localParameters = localParameters;
        if (side == Side.Client)
            Send(EncryptionLevel.Initial, Hello, localParameters);
    }

    /// <inheritdoc />
    public bool IsComplete { get; private set; }

    /// <inheritdoc />
    public ReadOnlySpan<byte> PeerTransportParameters => _peerParameters;

    /// <inheritdoc />
    public ReadOnlySpan<byte> ApplicationProtocol => "plain"u8;

    /// <inheritdoc />
    public ReadOnlySpan<byte> PeerPublicKey => IsComplete ? Key : default;

    /// <inheritdoc />
    public bool TryReceive(EncryptionLevel level, ReadOnlySpan<byte> bytes, out TransportError error)
    {
        error = default;
        _received.AddRange(bytes);
        while (_received.Count >= HeaderLength)
        {
            var length = (_received[1] << 8) | _received[2];
            if (_received.Count < HeaderLength + length)
                break;
            var body = _received.GetRange(HeaderLength, length).ToArray();
            if (!TryTake(level, _received[0], body))
            {
                error = TransportError.Crypto(UnexpectedMessage, "Unexpected handshake message");
                return false;
            }

            _received.RemoveRange(0, HeaderLength + length);
        }

        return true;
    }

    /// <inheritdoc />
    public bool TryTakeOutgoing(out EncryptionLevel level, out ReadOnlyMemory<byte> bytes)
    {
        var any = _outgoing.TryDequeue(out var next);
        level = next.Level;
        bytes = next.Bytes;
        return any;
    }

    /// <inheritdoc />
    public bool TryTakeKeys(out EncryptionLevel level, out PacketKeys keys)
    {
        var any = _keys.TryDequeue(out var next);
        level = next.Level;
        keys = next.Keys;
        return any;
    }

    /// <inheritdoc />
    public PacketKeys DeriveNextPhase() => _provider.KeysFor(++_phase);

    /// <inheritdoc />
    public bool TryExport(ReadOnlySpan<byte> label, ReadOnlySpan<byte> context, Span<byte> output)
    {
        output.Clear();
        return IsComplete;
    }

    /// <inheritdoc />
    public void Dispose()
    {
    }

    private bool TryTake(EncryptionLevel level, byte kind, byte[] body)
    {
        switch (_side, level, kind)
        {
            case (Side.Server, EncryptionLevel.Initial, Hello):
                _peerParameters = body;
                Send(EncryptionLevel.Initial, Hello, new byte[90]);
                AddKeys(EncryptionLevel.Handshake);
                Send(EncryptionLevel.Handshake, Parameters, _localParameters);
                Send(EncryptionLevel.Handshake, Finished, new byte[_provider.CertificateLength]);
                AddKeys(EncryptionLevel.Application);
                return true;
            case (Side.Client, EncryptionLevel.Initial, Hello):
                AddKeys(EncryptionLevel.Handshake);
                return true;
            case (Side.Client, EncryptionLevel.Handshake, Parameters):
                _peerParameters = body;
                return true;
            case (Side.Client, EncryptionLevel.Handshake, Finished):
                Send(EncryptionLevel.Handshake, Finished, new byte[36]);
                AddKeys(EncryptionLevel.Application);
                IsComplete = true;
                return true;
            case (Side.Server, EncryptionLevel.Handshake, Finished):
                IsComplete = true;
                return true;
            default:
                return false;
        }
    }

    private void AddKeys(EncryptionLevel level) => _keys.Enqueue((level, _provider.KeysFor(level == EncryptionLevel.Application ? _phase : (ulong)level)));

    private void Send(EncryptionLevel level, byte kind, byte[] body)
    {
        var message = new byte[HeaderLength + body.Length];
        message[0] = kind;
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(1), (ushort)body.Length);
        body.CopyTo(message, HeaderLength);
        _outgoing.Enqueue((level, message));
    }
}
