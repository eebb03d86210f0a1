using System.Buffers;
using System.Text;
using AltSendme.Abstractions;
using AltSendme.Plugins.Testing;
using AltSendme.Transports.Tls.Wire;

namespace AltSendme.Transports.Tls.Tests.Connections;

/// <summary>Peers that pass the handshake and then break the rules: this side ends the connection with a typed error, and with the memory it had.</summary>
public sealed class HostilePeerTests
{
    private const int Limit = 60_000;

    public static TheoryData<string> Breaches => new(Attacks.Keys);

    private static Dictionary<string, Func<RawPeer, Task>> Attacks => new()
    {
        ["no settings"] = peer => peer.SendAsync(Frame.Ping(1)),
        ["settings twice"] = async peer =>
        {
            await peer.GreetAsync();
            await peer.GreetAsync();
        },
        ["unknown frame"] = peer => GreetAndSendAsync(peer, [0x3F, 1, 2, 3]),
        ["oversized data"] = peer => GreetAndSendAsync(peer, [.. RawPeer.Encode(Frame.Open(new StreamId(0))), 0x02, 0x00, 0x80, 0x01, 0x00, 0x01]),
        ["number in a long form"] = peer => GreetAndSendAsync(peer, [0x01, 0x40, 0x00]),
        ["credit overflow"] = peer => GreetAndSendAsync(peer, Frame.Streams(MuxLimits.MaxCredit)),
        ["data without credit"] = async peer =>
        {
            await GreetAndSendAsync(peer, Frame.Open(new StreamId(0)));
            for (var i = 0; i <= MuxLimits.InitialWindow / MuxLimits.MaxDataLength; i++)
                await peer.SendAsync([.. RawPeer.Encode(Frame.Data(new StreamId(0), MuxLimits.MaxDataLength)), .. new byte[MuxLimits.MaxDataLength]]);
        },
        ["data for an unknown stream"] = peer => GreetAndSendAsync(peer, Frame.Data(new StreamId(0), 1)),
        ["data after the end"] = peer => GreetAndSendAsync(peer, Frame.Open(new StreamId(0)), Frame.Fin(new StreamId(0)), Frame.Data(new StreamId(0), 1)),
        ["ten thousand streams"] = peer => GreetAndSendAsync(peer, [.. Enumerable.Range(0, 10_000).Select(i => Frame.Open(new StreamId(2UL * (ulong)i)))]),
        ["reason of 1 MiB"] = peer => GreetAndSendAsync(peer, [0x0A, 0x00, 0x80, 0x10, 0x00, 0x00, .. new byte[1 << 20]]),
    };

    [Theory(Timeout = Limit), MemberData(nameof(Breaches))]
    public async Task A_breach_ends_the_connection_and_only_it(string name)
    {
        await using var pair = await TlsPair.StartAsync();
        var (friend, friendly) = await pair.ConnectAsync();
        var accepting = pair.AcceptAsync();
        await using var peer = await RawPeer.ConnectAsync(pair.EndPoint);
        var victim = await accepting;
        var answer = peer.ReadToEndAsync();

        try
        {
            await Attacks[name](peer);
        }
        catch (IOException)
        {
            // It was thrown out before it had finished.
        }

        var words = Encoding.UTF8.GetString(await answer);
        peer.Link.Cut();
        var closure = await victim.Closed;
        Assert.Equal(CloseInitiator.Transport, closure.Initiator);
        var lost = await Assert.ThrowsAsync<ConnectionLostException>(async () => await victim.OpenStreamAsync());
        Assert.Equal("tls.protocol-violation", Assert.IsType<TransportException>(lost.InnerException).Code);
        Assert.Contains(closure.Reason, words, StringComparison.Ordinal);
        await AssertWorksAsync(pair, friend, friendly);
        await victim.DisposeAsync();
    }

    [Fact(Timeout = Limit)]
    public async Task A_cut_in_the_middle_of_a_frame_is_a_lost_connection_after_the_data()
    {
        await using var pair = await TlsPair.StartAsync();
        var accepting = pair.AcceptAsync();
        await using var peer = await RawPeer.ConnectAsync(pair.EndPoint);
        var victim = await accepting;
        await GreetAndSendAsync(peer, [.. RawPeer.Encode(Frame.Open(new StreamId(0))), .. RawPeer.Encode(Frame.Data(new StreamId(0), 1000)), .. new byte[400]]);
        var stream = (await victim.AcceptStreamAsync())!;

        peer.Link.Cut();

        var read = new MemoryStream();
        var lost = await Assert.ThrowsAsync<ConnectionLostException>(() => stream.Input.CopyToAsync(read));
        Assert.Equal(CloseInitiator.Transport, lost.Closure.Initiator);
        Assert.InRange(read.Length, 0, 400);
        await victim.DisposeAsync();
    }

    [Fact(Timeout = Limit)]
    public async Task A_reason_that_is_no_text_is_shown_as_such()
    {
        await using var pair = await TlsPair.StartAsync();
        var accepting = pair.AcceptAsync();
        await using var peer = await RawPeer.ConnectAsync(pair.EndPoint);
        var victim = await accepting;

        await GreetAndSendAsync(peer, [.. RawPeer.Encode(Frame.Close(5, 4)), (byte)'a', 0xFF, 0xFE, (byte)'b']);

        await peer.ReadToEndAsync();
        peer.Link.Cut();

        Assert.Equal(new ConnectionClosure(CloseInitiator.Peer, new CloseCode(5), "a\uFFFD\uFFFDb"), await victim.Closed);
        await victim.DisposeAsync();
    }

    [Fact(Timeout = Limit)]
    public async Task A_flood_of_frames_of_one_byte_is_delivered_and_takes_little_memory()
    {
        const int Count = 100_000;
        await using var pair = await TlsPair.StartAsync();
        var accepting = pair.AcceptAsync();
        await using var peer = await RawPeer.ConnectAsync(pair.EndPoint);
        var victim = await accepting;
        await GreetAndSendAsync(peer, Frame.Open(new StreamId(0)));
        byte[] frame = [.. RawPeer.Encode(Frame.Data(new StreamId(0), 1)), 0x55];
        var stream = (await victim.AcceptStreamAsync())!;

        await peer.SendAsync([.. Enumerable.Repeat(frame, Count).SelectMany(bytes => bytes)]);
        var read = await stream.Input.ReadAtLeastAsync(Count);

        Assert.Equal(Count, read.Buffer.Length);
        Assert.InRange(CountSegments(read.Buffer), 1, 3);
        stream.Input.AdvanceTo(read.Buffer.End);
        await stream.DisposeAsync();
        peer.Link.Cut();
        await victim.DisposeAsync();
    }

    [Fact(Timeout = Limit)]
    public async Task Pings_whose_answers_nobody_reads_pile_nothing_up()
    {
        await using var pair = await TlsPair.StartAsync();
        var accepting = pair.AcceptAsync();
        await using var peer = await RawPeer.ConnectAsync(pair.EndPoint);
        var victim = await accepting;
        await peer.GreetAsync();
        byte[] pings = [.. Enumerable.Range(0, 10_000).SelectMany(i => RawPeer.Encode(Frame.Ping((ulong)i)))];

        for (var i = 0; i < 20; i++)
            await peer.SendAsync(pings);
        await peer.SendAsync(RawPeer.Encode(Frame.Close(1, 0)));
        await peer.ReadToEndAsync();
        peer.Link.Cut();

        Assert.Equal(CloseInitiator.Peer, (await victim.Closed).Initiator);
        await victim.DisposeAsync();
    }

    [Fact(Timeout = Limit)]
    public async Task A_peer_that_falls_silent_is_given_up()
    {
        var time = new ManualTime();
        await using var pair = await TlsPair.StartAsync(time);
        var accepting = pair.AcceptAsync();
        await using var peer = await RawPeer.ConnectAsync(pair.EndPoint);
        var victim = await accepting;

        for (var passed = TimeSpan.Zero; passed <= TransportLimits.SilenceLimit + TransportLimits.PingInterval; passed += TransportLimits.PingInterval)
            time.Advance(TransportLimits.PingInterval);

        Assert.Equal(CloseInitiator.Transport, (await victim.Closed).Initiator);
        await victim.DisposeAsync();
    }

    private static int CountSegments(ReadOnlySequence<byte> buffer)
    {
        var count = 0;
        foreach (var _ in buffer)
            count++;
        return count;
    }

    private static async Task GreetAndSendAsync(RawPeer peer, byte[] bytes)
    {
        await peer.GreetAsync();
        await peer.SendAsync(bytes);
    }

    private static Task GreetAndSendAsync(RawPeer peer, params Frame[] frames) => GreetAndSendAsync(peer, [.. frames.SelectMany(RawPeer.Encode)]);

    private static async Task AssertWorksAsync(TransportPair pair, IConnection client, IConnection server)
    {
        var (near, far) = await TransportPair.OpenAsync(client, server);
        await Pattern.SendAsync(near, new byte[] { 9 });
        Assert.Equal([9], await Pattern.ReadToEndAsync(far));
        await client.DisposeAsync();
        await server.DisposeAsync();
    }
}
