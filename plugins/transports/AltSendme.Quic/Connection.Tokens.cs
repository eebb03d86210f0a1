using AltSendme.Quic.Endpoints;
using AltSendme.Quic.Frames;
using AltSendme.Quic.Packets;
using AltSendme.Quic.Recovery;

namespace AltSendme.Quic;

/// <summary>Tokens for a client's next connection (RFC 9000, section 8.1.3): a server gives one for each address that it has validated, a client keeps the newest for its endpoint to take.</summary>
internal sealed partial class Connection
{
    private readonly AddressToken? _addressTokens;
    private bool _isTokenPending;
    private byte[]? _newToken;

    /// <summary>Takes the newest token that the server gave; null when there is none that was not taken.</summary>
    public byte[]? TakeNewToken()
    {
        var token = _newToken;
        _newToken = null;
        return token;
    }

    private void OfferToken() => _isTokenPending = _addressTokens is { IsIssued: true };

    private void WriteToken(ref PacketWriter writer, SentFrameRing log, Instant now)
    {
        if (_path.Amplification.IsValidated && writer.Room < NewTokenFrame.HeaderLength(AddressToken.Length) + AddressToken.Length)
            return;
        _isTokenPending = false;
        if (!_path.Amplification.IsValidated)
            return;
        Span<byte> token = stackalloc byte[AddressToken.Length];
        _addressTokens!.Write(token, _path.Address.Remote, now);
        NewTokenFrame.Write(ref writer, token);
        log.Add(SentFrame.Of(SentFrameKind.NewToken));
    }

    private void OnNewToken(in NewTokenFrame frame) => _newToken = frame.Token.Length <= TokenStore.MaxTokenLength ? frame.Token.ToArray() : _newToken;
}
