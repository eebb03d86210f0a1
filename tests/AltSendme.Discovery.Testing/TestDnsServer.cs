using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using AltSendme.Dns;

namespace AltSendme.Discovery.Testing;

/// <summary>A DNS server on loopback, by UDP and TCP on one port. It answers from its records, or does what a test's script says instead.</summary>
public sealed class TestDnsServer : IAsyncDisposable
{
    private const int MaxDatagram = 512;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<(DnsName Name, DnsType Type), IReadOnlyList<DnsRecord>> _records = new();
    private readonly ConcurrentQueue<DnsServerFault> _script = new();
    private readonly Socket _datagrams;
    private readonly TcpListener _listener;
    private readonly Task _running;
    private readonly bool _refusesTcp;
    private int _datagramRequests;
    private int _streamRequests;

    private TestDnsServer(Socket datagrams, TcpListener listener, bool refusesTcp)
    {
        _datagrams = datagrams;
        _listener = listener;
        _refusesTcp = refusesTcp;
        EndPoint = (IPEndPoint)datagrams.LocalEndPoint!;
        _running = Task.WhenAll(ServeDatagramsAsync(), ServeStreamsAsync());
    }

    public IPEndPoint EndPoint { get; }

    /// <summary>Questions that came by UDP.</summary>
    public int DatagramRequests => Volatile.Read(ref _datagramRequests);

    /// <summary>Questions that came by TCP.</summary>
    public int StreamRequests => Volatile.Read(ref _streamRequests);

    /// <summary>Everything that was asked, as it came.</summary>
    public ConcurrentQueue<DnsMessage> Requests { get; } = new();

    /// <summary>What stands in the authority section of answers without records; none by default.</summary>
    public DnsRecord? Authority { get; set; }

    public static TestDnsServer Start(bool refusesTcp = false)
    {
        while (true)
        {
            var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var datagrams = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                datagrams.Bind(listener.LocalEndpoint);
                return new TestDnsServer(datagrams, listener, refusesTcp);
            }
            catch (SocketException)
            {
                // Somebody has this port for UDP.
                datagrams.Dispose();
                listener.Dispose();
            }
        }
    }

    /// <summary>Sets the records of a name and type; none removes them.</summary>
    public void Set(DnsName name, DnsType type, params IReadOnlyList<DnsRecord> records)
    {
        if (records.Count == 0)
            _records.TryRemove((name, type), out _);
        else
            _records[(name, type)] = records;
    }

    /// <summary>Sets TXT records, a text each.</summary>
    public void SetTexts(DnsName name, uint ttl, params IEnumerable<string> texts) => Set(name, DnsType.Txt, [.. texts.Select(text => new DnsRecord(name, DnsType.Txt, ttl, DnsTextData.Split(text)))]);

    /// <summary>Scripts what happens to the next questions by UDP, one after the other; then answers are right again.</summary>
    public void Script(params IEnumerable<DnsServerFault> faults)
    {
        foreach (var fault in faults)
            _script.Enqueue(fault);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _datagrams.Dispose();
        _listener.Dispose();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private DnsMessage Answer(DnsMessage request)
    {
        var question = request.Questions[0];
        var records = _records.GetValueOrDefault((question.Name, question.Type)) ?? [];
        var known = _records.Keys.Any(key => key.Name.Equals(question.Name));
        return new DnsMessage
        {
            Id = request.Id,
            Flags = DnsFlags.Response | DnsFlags.RecursionAvailable | (request.Flags & DnsFlags.RecursionDesired),
            ResponseCode = known ? DnsResponseCode.NoError : DnsResponseCode.NameError,
            Questions = request.Questions,
            Answers = records,
            Authorities = records.Count == 0 && Authority is { } authority ? [authority] : [],
        };
    }

    private async Task ServeDatagramsAsync()
    {
        var buffer = new byte[DnsMessage.MaxLength];
        while (!_stop.IsCancellationRequested)
        {
            var received = await _datagrams.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0), _stop.Token);
            Interlocked.Increment(ref _datagramRequests);
            if (!DnsMessage.TryRead(buffer.AsSpan(0, received.ReceivedBytes), out var request, out _) || request.Questions.Count != 1)
                continue;
            Requests.Enqueue(request);
            var fault = _script.TryDequeue(out var scripted) ? scripted : DnsServerFault.None;
            if (fault == DnsServerFault.FromOtherPort)
            {
                using var other = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
                await other.SendToAsync(Answer(request).ToArray(), SocketFlags.None, received.RemoteEndPoint, _stop.Token);
                continue;
            }

            foreach (var datagram in DnsServerFaults.Datagrams(fault, request, Answer(request)))
                await _datagrams.SendToAsync(Fit(datagram, request), SocketFlags.None, received.RemoteEndPoint, _stop.Token);
        }
    }

    // What is larger than the sender of the question takes is cut to its head, and the rest fetched by TCP.
    private static byte[] Fit(byte[] datagram, DnsMessage request)
    {
        var most = request.Additionals.FirstOrDefault(static record => record.Type == DnsType.Opt) is { } edns ? (int)edns.Class : MaxDatagram;
        return datagram.Length <= most || !DnsMessage.TryRead(datagram, out var answer, out _) ? datagram : (answer with { Flags = answer.Flags | DnsFlags.Truncated, Answers = [] }).ToArray();
    }

    private async Task ServeStreamsAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            if (_refusesTcp)
                continue;
            try
            {
                var stream = client.GetStream();
                var prefix = new byte[sizeof(ushort)];
                await stream.ReadExactlyAsync(prefix, _stop.Token);
                var bytes = new byte[BinaryPrimitives.ReadUInt16BigEndian(prefix)];
                await stream.ReadExactlyAsync(bytes, _stop.Token);
                Interlocked.Increment(ref _streamRequests);
                if (!DnsMessage.TryRead(bytes, out var request, out _) || request.Questions.Count != 1)
                    continue;
                var answer = Answer(request).ToArray();
                BinaryPrimitives.WriteUInt16BigEndian(prefix, (ushort)answer.Length);
                await stream.WriteAsync((byte[])[.. prefix, .. answer], _stop.Token);
            }
            catch (IOException)
            {
                // The client went away.
            }
        }
    }
}
