using System.Net;
using System.Net.Sockets;
using AltSendme.Abstractions;

namespace AltSendme.Plugins.Testing;

/// <summary>
/// What the contract asks of every transport that reaches socket addresses, in the scheme of IP addresses or one of its own. An author derives a class each from <see cref="TransportStreamTests"/>, <see cref="TransportClosingTests"/> and
/// <see cref="TransportDialTests"/>, and the runner finds the tests.
/// </summary>
public abstract class TransportConformance
{
    /// <summary>How long a test may take, in milliseconds.</summary>
    protected const int Limit = 60_000;

    /// <summary>Streams that one side may have open at once.</summary>
    protected abstract int StreamLimit { get; }

    /// <summary>Bytes that a writer may be ahead of a reader that does not read, buffers on both sides included.</summary>
    protected abstract int UnreadLimit { get; }

    /// <summary>Makes a transport for one identity.</summary>
    protected abstract ITransport Create(IEndpointIdentity identity);

    /// <summary>How the transport writes a socket address: as an IP address, unless it has a scheme of its own.</summary>
    protected virtual EndpointAddress AddressOf(IPEndPoint endPoint) => EndpointAddress.FromIp(endPoint);

    /// <summary>An address at which nobody is.</summary>
    protected virtual IPEndPoint UnusedEndPoint()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return (IPEndPoint)socket.LocalEndPoint!;
    }

    /// <summary>An address at which somebody takes what comes and never answers, until what is returned is disposed.</summary>
    protected virtual IDisposable ListenSilently(out IPEndPoint endPoint)
    {
        var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        endPoint = (IPEndPoint)silent.LocalEndpoint;
        return silent;
    }

    /// <summary>A pair on IPv4 loopback.</summary>
    protected Task<TransportPair> StartAsync() => StartAsync(IPAddress.Loopback);

    /// <summary>A pair on an address.</summary>
    protected Task<TransportPair> StartAsync(IPAddress address) => TransportPair.StartAsync(Create, address, AddressOf);

    /// <summary>Candidates at socket addresses.</summary>
    private protected IAsyncEnumerable<Candidate> Of(params IPEndPoint[] endPoints) => endPoints.Select(At).ToAsyncEnumerable();

    /// <summary>A candidate at a socket address.</summary>
    private protected Candidate At(IPEndPoint endPoint) => new(AddressOf(endPoint), CandidateSource.Ticket);
}
