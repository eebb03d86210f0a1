using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace AltSendme.Dns;

/// <summary>One question to one server, by UDP, and by TCP when the answer does not fit (RFC 1035, section 4.2; RFC 7766). What is no answer to this question is passed over.</summary>
internal static class DnsExchange
{
    /// <summary>Largest datagram that is asked for: what passes every network unfragmented (DNS Flag Day 2020).</summary>
    public const int PayloadSize = 1232;

    // Whoever floods an open question with guesses gets so many; then TCP, which nobody can guess into, decides.
    private const int MaxForeign = 64;
    private const int FirstPort = 32_768;
    private const int PortTries = 4;

    /// <summary>Asks, and gives the first response that fits the question.</summary>
    /// <exception cref="SocketException">The server can't be reached.</exception>
    /// <exception cref="InvalidDataException">It speaks no DNS.</exception>
    public static async Task<DnsMessage> AskAsync(IPEndPoint server, DnsQuestion question, bool withEdns, CancellationToken cancellationToken)
    {
        var request = new DnsMessage
        {
            Id = BinaryPrimitives.ReadUInt16BigEndian(RandomNumberGenerator.GetBytes(sizeof(ushort))),
            Flags = DnsFlags.RecursionDesired,
            Questions = [question],
            Additionals = withEdns ? [DnsRecord.Edns(PayloadSize)] : [],
        };
        return await ByDatagramAsync(server, request, cancellationToken) ?? await ByStreamAsync(server, request, cancellationToken);
    }

    private static async Task<DnsMessage?> ByDatagramAsync(IPEndPoint server, DnsMessage request, CancellationToken cancellationToken)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        BindToRandomPort(socket);

        // From now on the system lets nothing through that does not come from this server.
        await socket.ConnectAsync(server, cancellationToken);
        await socket.SendAsync(request.ToArray(), cancellationToken);
        var buffer = new byte[DnsMessage.MaxLength];
        for (var foreign = 0; foreign < MaxForeign; foreign++)
        {
            var length = await socket.ReceiveAsync(buffer, cancellationToken);
            if (TryMatch(buffer.AsSpan(0, length), request, out var response))
                return response.IsTruncated ? null : response;
            if (IsTruncatedAnswer(buffer.AsSpan(0, length), request))
                return null;
        }

        return null;
    }

    private static async Task<DnsMessage> ByStreamAsync(IPEndPoint server, DnsMessage request, CancellationToken cancellationToken)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server, cancellationToken);
        await using var stream = new NetworkStream(socket);
        var question = request.ToArray();
        var framed = new byte[sizeof(ushort) + question.Length];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)question.Length);
        question.CopyTo(framed, sizeof(ushort));
        await stream.WriteAsync(framed, cancellationToken);

        var prefix = new byte[sizeof(ushort)];
        try
        {
            await stream.ReadExactlyAsync(prefix, cancellationToken);
            var answer = new byte[BinaryPrimitives.ReadUInt16BigEndian(prefix)];
            await stream.ReadExactlyAsync(answer, cancellationToken);
            return TryMatch(answer, request, out var response) ? response : throw new InvalidDataException("its answer by TCP does not fit the question");
        }
        catch (EndOfStreamException)
        {
            throw new InvalidDataException("it ended the TCP connection without an answer");
        }
    }

    private static bool TryMatch(ReadOnlySpan<byte> bytes, DnsMessage request, out DnsMessage response)
    {
        response = request;
        if (!DnsMessage.TryRead(bytes, out var read, out _) || read.Id != request.Id || !read.IsResponse || read.Opcode != request.Opcode)
            return false;
        response = read;

        // A server that could not read the question can't repeat it either.
        return read.Questions.Count == 1
            ? read.Questions[0].Equals(request.Questions[0])
            : read.Questions.Count == 0 && read.ResponseCode is DnsResponseCode.FormatError or DnsResponseCode.NotImplemented;
    }

    // Some servers cut the message itself, so that it can't be read any more; its header still says so.
    private static bool IsTruncatedAnswer(ReadOnlySpan<byte> bytes, DnsMessage request) =>
        bytes.Length >= 4 && BinaryPrimitives.ReadUInt16BigEndian(bytes) == request.Id && (BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]) & (ushort)(DnsFlags.Response | DnsFlags.Truncated)) == (ushort)(DnsFlags.Response | DnsFlags.Truncated);

    // Who wants to answer in the server's place must guess the port as well as the id (RFC 5452, section 9.2); not every system chooses it well.
    private static void BindToRandomPort(Socket socket)
    {
        var any = socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any;
        for (var i = 0; i < PortTries; i++)
        {
            try
            {
                socket.Bind(new IPEndPoint(any, RandomNumberGenerator.GetInt32(FirstPort, IPEndPoint.MaxPort + 1)));
                return;
            }
            catch (SocketException exception) when (exception.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
            {
                // Somebody has this one.
            }
        }

        socket.Bind(new IPEndPoint(any, 0));
    }
}
