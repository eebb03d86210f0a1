using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using AltSendme.Primitives.Cryptography;
using AltSendme.RelayProtocol;

namespace AltSendme.Relays.Server.Tests;

/// <summary>A client that can do everything wrong: it writes bytes. Reads whole WebSocket messages.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly TcpClient _tcp;
    private readonly NetworkStream _stream;

    private RawClient(TcpClient tcp)
    {
        _tcp = tcp;
        _stream = tcp.GetStream();
    }

    public static byte[] Secret(byte number) => Enumerable.Repeat(number, Ed25519.SecretKeyLength).ToArray();

    public static byte[] Id(byte number)
    {
        var id = new byte[32];
        Ed25519.DerivePublicKey(Secret(number), id);
        return id;
    }

    public static async Task<RawClient> DialAsync(Uri relay)
    {
        var tcp = new TcpClient { NoDelay = true };
        await tcp.ConnectAsync(relay.Host, relay.Port);
        return new RawClient(tcp);
    }

    public static async Task<RawClient> UpgradeAsync(Uri relay, string? token, string protocols)
    {
        var client = await DialAsync(relay);
        var authorization = token is null ? "" : $"Authorization: Bearer {token}\r\n";
        await client.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET /relay HTTP/1.1\r\nHost: relay\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: {protocols}\r\n{authorization}\r\n"));
        var head = await client.ReadHeadAsync();
        Assert.StartsWith("HTTP/1.1 101", head, StringComparison.Ordinal);
        Assert.Contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", head, StringComparison.OrdinalIgnoreCase);
        return client;
    }

    public ValueTask WriteAsync(byte[] bytes) => _stream.WriteAsync(bytes);

    /// <summary>One masked frame.</summary>
    public ValueTask SendAsync(byte[] payload, byte opcode = 2, bool last = true) => WriteAsync(Frame(payload, opcode, last));

    public static byte[] Frame(byte[] payload, byte opcode = 2, bool last = true)
    {
        byte[] length = payload.Length < 126 ? [(byte)(0x80 | payload.Length)]
            : payload.Length <= ushort.MaxValue ? [0x80 | 126, (byte)(payload.Length >> 8), (byte)payload.Length]
            : [0x80 | 127, 0, 0, 0, 0, .. Big(payload.Length)];
        byte[] mask = [0x12, 0x34, 0x56, 0x78];
        return [(byte)((last ? 0x80 : 0) | opcode), .. length, .. mask, .. payload.Select((value, i) => (byte)(value ^ mask[i & 3]))];
    }

    public static byte[] Datagram(byte destination, byte[] contents) => [4, .. Id(destination), 0, .. contents];

    /// <summary>Answers the challenge; returns what the relay says to that.</summary>
    public async Task<byte[]> AuthenticateAsync(byte number)
    {
        var challenge = await ReceiveAsync();
        await SendAsync(Answer(number, challenge![1..]));
        return (await ReceiveAsync())!;
    }

    public static byte[] Answer(byte number, byte[] challenge)
    {
        var (message, signature, frame) = (new byte[32], new byte[64], new byte[ClientAuth.FrameLength]);
        Challenge.Message(challenge, message);
        Ed25519.Sign(Secret(number), message, signature);
        ClientAuth.Write(frame, Id(number), signature);
        return frame;
    }

    /// <summary>The next message; <see langword="null"/> when the relay has closed the connection, with or without saying so.</summary>
    public async Task<byte[]?> ReceiveAsync()
    {
        using var limit = new CancellationTokenSource(RelayHarness.Limit);
        try
        {
            var head = new byte[2];
            await _stream.ReadExactlyAsync(head, limit.Token);
            var length = head[1] & 0x7F;
            if (length >= 126)
            {
                var wide = new byte[length == 126 ? 2 : 8];
                await _stream.ReadExactlyAsync(wide, limit.Token);
                length = length == 126 ? BinaryPrimitives.ReadUInt16BigEndian(wide) : (int)BinaryPrimitives.ReadUInt64BigEndian(wide);
            }

            var payload = new byte[length];
            await _stream.ReadExactlyAsync(payload, limit.Token);
            if ((head[0] & 0x0F) != 8)
                return payload;
            CloseCode = BinaryPrimitives.ReadUInt16BigEndian(payload);
            return null;
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            return null;
        }
    }

    /// <summary>The code with which the relay closed the connection, where it said one.</summary>
    public int? CloseCode { get; private set; }

    /// <summary>Reads and drops messages until the relay closes the connection.</summary>
    public async Task UntilClosedAsync()
    {
        while (await ReceiveAsync() is not null)
        {
        }
    }

    public async Task<string> ReadHeadAsync()
    {
        using var limit = new CancellationTokenSource(RelayHarness.Limit);
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await _stream.ReadAsync(one, limit.Token) > 0)
            head.Append((char)one[0]);
        return head.ToString();
    }

    public void Dispose()
    {
        _stream.Dispose();
        _tcp.Dispose();
    }

    private static byte[] Big(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
