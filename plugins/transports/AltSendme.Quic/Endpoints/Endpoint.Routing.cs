using AltSendme.Quic.ConnectionIds;
using AltSendme.Quic.Crypto;
using AltSendme.Quic.Frames;
using AltSendme.Quic.Metrics;
using AltSendme.Quic.Packets;
using AltSendme.Quic.Paths;

namespace AltSendme.Quic.Endpoints;

/// <summary>Routing, and what is answered without a connection: version negotiation, Retry, refusal, stateless reset (RFC 9000, sections 5.2, 6, 8.1 and 10.3).</summary>
internal sealed partial class Endpoint
{
    // A client's first destination must be hard to guess (RFC 9000, section 7.2).
    private const int MinFirstDestination = 8;

    // Datagrams come in trains: the id of the last one and whose it is. Forgotten whenever an id is retired.
    private ConnectionId _lastId;
    private Connection? _last;

    /// <summary>Finds out what a datagram is for. <paramref name="response"/> has room for <see cref="Limits.MinDatagram"/> bytes.</summary>
    public RouteResult Route(ReadOnlySpan<byte> datagram, in NetworkPath path, Span<byte> response, Instant now) =>
        InvariantHeader.IsLong(datagram) ? RouteLong(datagram, path, response, now) : RouteShort(datagram, response, now);

    /// <summary>Writes a Retry for a client and returns its length: it comes back with a token that proves its address (RFC 9000, section 8.1.2).</summary>
    public int WriteRetry(IncomingConnection incoming, Span<byte> buffer, Instant now)
    {
        Span<byte> token = stackalloc byte[RetryToken.MaxLength];
        var source = _issuer.NewId();
        Counters.Add(EndpointCount.Retries);
        var length = _retryTokens.Write(token, incoming.Destination, source, incoming.Path.Remote, now);
        return RetryPacket.Write(buffer, _provider, incoming.Source, source, incoming.Destination, token[..length]);
    }

    /// <summary>Writes a CONNECTION_CLOSE for a client in an Initial and returns its length, 1200 bytes at most: what it sent was more.</summary>
    public int WriteRefusal(IncomingConnection incoming, TransportErrorCode code, Span<byte> buffer)
    {
        Counters.Add(EndpointCount.Refusals);
        var keys = _provider.DeriveInitialKeys(Side.Server, incoming.Destination.Bytes);
        using var opener = keys.Opener;
        using var sealer = keys.Sealer;
        var writer = new PacketWriter(buffer);
        var lengthField = LongHeader.Write(ref writer, LongPacketType.Initial, false, incoming.Source, incoming.Destination, [], 0, 1);
        var headerLength = writer.Position;
        new ConnectionCloseFrame { IsApplication = false, Code = (ulong)code, CauseType = 0, Reason = [] }.Write(ref writer);
        var packet = buffer[..(writer.Position + CryptoConstants.TagLength)];
        LongHeader.PatchLength(packet, lengthField);
        sealer.Seal(0, packet, headerLength);
        Span<byte> mask = stackalloc byte[CryptoConstants.MaskStride];
        HeaderMask.TryGetSample(packet, headerLength - 1, out var sample);
        sealer.ComputeHeaderMasks(sample, mask);
        HeaderMask.Apply(packet, headerLength - 1, mask);
        return packet.Length;
    }

    private RouteResult RouteLong(ReadOnlySpan<byte> datagram, in NetworkPath path, Span<byte> response, Instant now)
    {
        if (!InvariantHeader.TryRead(datagram, out var header))
            return Drop(EndpointCount.DroppedMalformed);
        var isKnownVersion = header.Version is QuicVersion.V1 or QuicVersion.Negotiation;
        if (isKnownVersion && header.Destination.Length <= ConnectionId.MaxLength && _byId.TryGetValue(new ConnectionId(header.Destination), out var connection))
            return new RouteResult(RouteKind.Connection, connection);
        if (header.Version == QuicVersion.Negotiation)
            return Drop(EndpointCount.DroppedUnknown);
        if (!_options.AcceptsConnections)
            return Drop(EndpointCount.DroppedNotListening);
        if (datagram.Length < Limits.MinDatagram)
            return Drop(EndpointCount.DroppedTooSmall);
        if (!isKnownVersion)
        {
            Counters.Add(EndpointCount.VersionNegotiations);
            return RouteResult.Answer(VersionNegotiationPacket.Write(response, header.Source, header.Destination));
        }

        if ((datagram[0] & HeaderBits.Fixed) == 0 || !LongHeader.TryRead(datagram, out var first))
            return Drop(EndpointCount.DroppedMalformed);
        if (first.Type != LongPacketType.Initial)
            return Drop(EndpointCount.DroppedUnknown);
        return first.Destination.Length >= MinFirstDestination ? RouteFirst(first, path, response, now) : Drop(EndpointCount.DroppedMalformed);
    }

    private RouteResult RouteFirst(in LongHeader first, in NetworkPath path, Span<byte> response, Instant now)
    {
        var isRetried = _retryTokens.TryRead(first.Token, first.Destination, path.Remote, now, out var original);
        var isReturning = !isRetried && _addressTokens.TryUse(first.Token, path.Remote, now);
        var isProven = isRetried || isReturning;
        if (isReturning)
            Counters.Add(EndpointCount.TokensHonoured);
        var incoming = new IncomingConnection
        {
            Path = path,
            Destination = first.Destination,
            Source = first.Source,
            OriginalDestination = isRetried ? original : first.Destination,
            IsAddressValidated = isProven,
            IsRetried = isRetried,
        };

        // It takes no second Retry, and would wait in vain (RFC 9000, section 8.1.2).
        if (!isRetried && RetryToken.IsClaimedBy(first.Token))
            return RouteResult.Answer(WriteRefusal(incoming, TransportErrorCode.InvalidToken, response));
        var isFull = _members.Count >= _options.MaxConnections;
        if (isFull && isProven)
            return RouteResult.Answer(WriteRefusal(incoming, TransportErrorCode.ConnectionRefused, response));
        return !isProven && (isFull || _unproven >= _options.MaxUnprovenHandshakes)
            ? RouteResult.Answer(WriteRetry(incoming, response, now))
            : new RouteResult(RouteKind.Incoming, Incoming: incoming);
    }

    private RouteResult RouteShort(ReadOnlySpan<byte> datagram, Span<byte> response, Instant now)
    {
        if (!ShortHeader.TryReadDestination(datagram, ConnectionIdIssuer.IdLength, out var destination))
            return Drop(EndpointCount.DroppedMalformed);
        if (_last is not null && destination == _lastId)
            return new RouteResult(RouteKind.Connection, _last);
        if (_byId.TryGetValue(destination, out var connection))
        {
            (_lastId, _last) = (destination, connection);
            return new RouteResult(RouteKind.Connection, connection);
        }

        if (datagram.Length < StatelessReset.MinLength)
            return Drop(EndpointCount.DroppedUnknown);
        if (_byResetToken.TryGetValue(new StatelessResetToken(datagram[^StatelessReset.TokenLength..]), out connection))
            return new RouteResult(RouteKind.Connection, connection);
        return MayReset(now) ? RouteResult.Answer(WriteReset(datagram.Length, destination, response)) : Drop(EndpointCount.DroppedUnknown);
    }

    private RouteResult Drop(EndpointCount reason)
    {
        Counters.Add(reason);
        return RouteResult.Dropped;
    }

    private int WriteReset(int causeLength, in ConnectionId destination, Span<byte> response)
    {
        Counters.Add(EndpointCount.StatelessResets);
        Span<byte> token = stackalloc byte[StatelessReset.TokenLength];
        _issuer.TokenFor(destination).CopyTo(token);
        return StatelessReset.Write(response, causeLength, token, _random);
    }

    private bool MayReset(Instant now)
    {
        if (now - _resetSecond >= TimeSpan.FromSeconds(1))
        {
            _resetSecond = now;
            _resets = 0;
        }

        return _resets++ < _options.MaxResetsPerSecond;
    }
}
