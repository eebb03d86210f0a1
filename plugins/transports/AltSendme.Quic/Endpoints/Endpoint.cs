using AltSendme.Quic.ConnectionIds;
using AltSendme.Quic.Crypto;
using AltSendme.Quic.Metrics;
using AltSendme.Quic.Paths;

namespace AltSendme.Quic.Endpoints;

/// <summary>
/// Finds the connection that a datagram is for, and answers those that are for none (RFC 9000, section 5.2). Holds no sockets and no clock. One owner; connections may have other owners, as long as
/// <see cref="Update"/> is called here with none of them running.
/// </summary>
internal sealed partial class Endpoint
{
    private readonly EndpointOptions _options;
    private readonly ICryptoProvider _provider;
    private readonly RandomSource _random;
    private readonly ConnectionIdIssuer _issuer;
    private readonly RetryToken _retryTokens;
    private readonly AddressToken _addressTokens;
    private readonly TokenStore _tokens = new();
    private readonly Dictionary<ConnectionId, Connection> _byId = [];
    private readonly Dictionary<StatelessResetToken, Connection> _byResetToken = [];
    private readonly Dictionary<Connection, Membership> _members = [];
    private int _unproven;
    private Instant _resetSecond;
    private int _resets;

    /// <summary>Begins without connections. <paramref name="provider"/> makes the keys of what is answered without a connection.</summary>
    public Endpoint(EndpointOptions options, ICryptoProvider provider, RandomSource random)
    {
        _options = options;
        _provider = provider;
        _random = random;
        _issuer = new ConnectionIdIssuer(random, NewKey());
        _retryTokens = new RetryToken(NewKey(), options.RetryTokenLifetime);
        _addressTokens = new AddressToken(NewKey(), options.AddressTokenLifetime, random);
    }

    /// <summary>Connections that are not forgotten yet.</summary>
    public int Count => _members.Count;

    /// <summary>Handshakes under way whose client has not proved its address.</summary>
    public int UnprovenHandshakes => _unproven;

    /// <summary>What happened so far; packets and bytes only as far as the owner of the connections adds them.</summary>
    public EndpointCounters Counters { get; } = new();

    /// <summary>Begins to connect. A token that the owner of <paramref name="serverKey"/> gave earlier is used up.</summary>
    public Connection Connect(ICryptoProvider provider, ConnectionOptions options, in NetworkPath path, Instant now, ReadOnlySpan<byte> serverKey = default)
    {
        Span<byte> guess = stackalloc byte[ConnectionId.MaxLength];
        _random.Fill(guess);
        var destination = new ConnectionId(guess);
        return Join(new ConnectionSetup
        {
            Side = Side.Client,
            Options = options,
            Provider = provider,
            Random = _random,
            Issuer = _issuer,
            Path = path,
            LocalId = _issuer.NewId(),
            RemoteId = destination,
            OriginalDestination = destination,
            IsAddressValidated = true,
            Token = _tokens.Take(serverKey),
        }, now);
    }

    /// <summary>Takes a client in. The datagram that brought it is given to the new connection next.</summary>
    public Connection Accept(IncomingConnection incoming, ICryptoProvider provider, ConnectionOptions options, Instant now) => Join(new ConnectionSetup
    {
        Side = Side.Server,
        Options = options,
        Provider = provider,
        Random = _random,
        Issuer = _issuer,
        Path = incoming.Path,
        LocalId = _issuer.NewId(),
        RemoteId = incoming.Source,
        OriginalDestination = incoming.OriginalDestination,
        RetrySource = incoming.IsRetried ? incoming.Destination : null,
        IsAddressValidated = incoming.IsAddressValidated,
        AddressTokens = _addressTokens,
    }, now);

    /// <summary>Takes over what a connection changed about its ids; call after each input to it. False when it is drained and was forgotten.</summary>
    public bool Update(Connection connection)
    {
        if (!_members.TryGetValue(connection, out var member))
            return false;
        while (connection.TryTakeRoutingChange(out var change))
            Apply(connection, member, change);
        if (connection.TakeNewToken() is { } token)
            _tokens.Keep(connection.PeerPublicKey, token);
        if (member.IsHandshaking && (connection.WasEstablished || connection.CloseReason is not null))
        {
            member.IsHandshaking = false;
            Counters.Add(connection.WasEstablished ? EndpointCount.HandshakesCompleted : EndpointCount.HandshakesFailed);
        }

        if (member.IsUnproven && (connection.IsEstablished || connection.IsDrained))
        {
            member.IsUnproven = false;
            _unproven--;
        }

        if (!connection.IsDrained)
            return true;
        foreach (var id in member.Ids)
            _byId.Remove(id);
        _last = null;
        foreach (var reset in member.Tokens)
            _byResetToken.Remove(reset);
        _members.Remove(connection);
        Counters.Add(EndpointCount.ConnectionsEnded);
        return false;
    }

    private Connection Join(ConnectionSetup setup, Instant now)
    {
        var connection = new Connection(setup, now);
        var member = new Membership { IsUnproven = setup is { Side: Side.Server, IsAddressValidated: false } };
        _unproven += member.IsUnproven ? 1 : 0;
        _members.Add(connection, member);
        Counters.Add(EndpointCount.ConnectionsBegun);
        if (setup.RetrySource is { } retrySource)
            Apply(connection, member, new RoutingChange(RoutingChangeKind.IdIssued, retrySource));
        Update(connection);
        return connection;
    }

    private void Apply(Connection connection, Membership member, in RoutingChange change)
    {
        switch (change.Kind)
        {
            case RoutingChangeKind.IdIssued:
                _byId[change.Id] = connection;
                member.Ids.Add(change.Id);
                break;
            case RoutingChangeKind.IdRetired:
                _byId.Remove(change.Id);
                _last = null;
                member.Ids.Remove(change.Id);
                break;
            case RoutingChangeKind.ResetTokenAdded:
                _byResetToken[change.Token] = connection;
                member.Tokens.Add(change.Token);
                break;
            default:
                _byResetToken.Remove(change.Token);
                member.Tokens.Remove(change.Token);
                break;
        }
    }

    private byte[] NewKey()
    {
        var key = new byte[32];
        _random.Fill(key);
        return key;
    }

    // What the endpoint keeps about a connection, so that it can forget it.
    private sealed class Membership
    {
        public List<ConnectionId> Ids { get; } = [];

        public List<StatelessResetToken> Tokens { get; } = [];

        public bool IsUnproven { get; set; }

        public bool IsHandshaking { get; set; } = true;
    }
}
