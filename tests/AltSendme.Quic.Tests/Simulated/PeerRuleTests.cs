using AltSendme.Quic.ConnectionIds;
using AltSendme.Quic.Frames;
using AltSendme.Quic.Packets;
using AltSendme.Quic.Simulation;
using AltSendme.Quic.Simulation.PlainCrypto;
using AltSendme.Quic.Streams;
using Code = AltSendme.Quic.TransportErrorCode;

namespace AltSendme.Quic.Tests.Simulated;

/// <summary>A client that breaks a rule is sent away with the code that the RFCs give to it.</summary>
public sealed class PeerRuleTests
{
    private const ulong ClientBidi = 0;
    private const ulong ServerBidi = 1;
    private const ulong ClientUni = 2;
    private const ulong ServerUni = 3;

    private static readonly Dictionary<string, (Code Code, WriteFrames Frames)> Violations = new()
    {
        ["data above the stream's credit"] = (Code.FlowControlError, static (ref w) => Data(ref w, ClientUni, 5000, 200)),
        ["data above the connection's credit"] = (Code.FlowControlError, static (ref w) => { Data(ref w, ClientUni, 4900, 100); Data(ref w, ClientUni + 4, 4900, 100); }
        ),
        ["a stream above the limit"] = (Code.StreamLimitError, static (ref w) => Data(ref w, ClientUni + (4 * 100), 0, 1)),
        ["a bidirectional stream above the limit"] = (Code.StreamLimitError, static (ref w) => new StreamDataBlockedFrame(ClientBidi + (4 * 100), 0).Write(ref w)),
        ["data on our own unidirectional stream"] = (Code.StreamStateError, static (ref w) => Data(ref w, ServerUni, 0, 1)),
        ["data on our stream before we opened it"] = (Code.StreamStateError, static (ref w) => Data(ref w, ServerBidi, 0, 1)),
        ["a stop of its own unidirectional stream"] = (Code.StreamStateError, static (ref w) => new StopSendingFrame(ClientUni, 1).Write(ref w)),
        ["credit for its own unidirectional stream"] = (Code.StreamStateError, static (ref w) => new MaxStreamDataFrame(ClientUni, 1).Write(ref w)),
        ["a stop of a stream that is not open"] = (Code.StreamStateError, static (ref w) => new StopSendingFrame(ServerUni, 1).Write(ref w)),
        ["data beyond the final size"] = (Code.FinalSizeError, static (ref w) => { Data(ref w, ClientUni, 0, 10, isFin: true); Data(ref w, ClientUni, 10, 1); }
        ),
        ["a final size below what came"] = (Code.FinalSizeError, static (ref w) => { Data(ref w, ClientUni, 0, 10); Data(ref w, ClientUni, 0, 5, isFin: true); }
        ),
        ["a final size that changes by reset"] = (Code.FinalSizeError, static (ref w) => { Data(ref w, ClientUni, 0, 10, isFin: true); new ResetStreamFrame(ClientUni, 1, 11).Write(ref w); }
        ),
        ["a reset below what came"] = (Code.FinalSizeError, static (ref w) => { Data(ref w, ClientUni, 0, 10); new ResetStreamFrame(ClientUni, 1, 5).Write(ref w); }
        ),
        ["a second end elsewhere"] = (Code.FinalSizeError, static (ref w) => { Data(ref w, ClientUni, 0, 10, isFin: true); Data(ref w, ClientUni, 0, 8, isFin: true); }
        ),
        ["a reset of our own unidirectional stream"] = (Code.StreamStateError, static (ref w) => new ResetStreamFrame(ServerUni, 1, 0).Write(ref w)),
        ["a reset of our stream before we opened it"] = (Code.StreamStateError, static (ref w) => new ResetStreamFrame(ServerBidi, 1, 0).Write(ref w)),
        ["being blocked on our own unidirectional stream"] = (Code.StreamStateError, static (ref w) => new StreamDataBlockedFrame(ServerUni, 1).Write(ref w)),
        ["credit for a stream that is not open"] = (Code.StreamStateError, static (ref w) => new MaxStreamDataFrame(ServerBidi, 1).Write(ref w)),
        ["a reset of a stream above the limit"] = (Code.StreamLimitError, static (ref w) => new ResetStreamFrame(ClientUni + (4 * 100), 1, 0).Write(ref w)),
        ["a stop of a stream above the limit"] = (Code.StreamLimitError, static (ref w) => new StopSendingFrame(ClientBidi + (4 * 100), 1).Write(ref w)),
        ["credit for a stream above the limit"] = (Code.StreamLimitError, static (ref w) => new MaxStreamDataFrame(ClientBidi + (4 * 100), 1).Write(ref w)),
        ["a reset above the stream's credit"] = (Code.FlowControlError, static (ref w) => new ResetStreamFrame(ClientUni, 1, 100_000).Write(ref w)),
        ["an acknowledgement of what was never sent"] = (Code.ProtocolViolation, static (ref w) => AckFrame.TryWrite(ref w, [new NumberRange(5_000_000, 5_000_001)], 0, null, 1)),
        ["an acknowledgement of numbers below zero"] = (Code.FrameEncodingError, static (ref w) => Raw(ref w, FrameType.Ack, 5, 0, 0, 6)),
        ["an acknowledgement with a range below zero"] = (Code.FrameEncodingError, static (ref w) => Raw(ref w, FrameType.Ack, 5, 0, 1, 1, 3, 0)),
        ["an acknowledgement of more ranges than there are"] = (Code.FrameEncodingError, static (ref w) => Raw(ref w, FrameType.Ack, 5, 0, 1 << 30, 0)),
        ["crypto data beyond 2^62"] = (Code.FrameEncodingError, static (ref w) => { CryptoFrame.WriteHeader(ref w, (1UL << 62) - 2, 9); w.WriteZeros(9); }
        ),
        ["data that is longer than its packet"] = (Code.FrameEncodingError, static (ref w) => Raw(ref w, FrameType.StreamLast, ClientUni, 0, 500)),
        ["a close that is cut off"] = (Code.FrameEncodingError, static (ref w) => Raw(ref w, FrameType.ConnectionCloseTransport, 0, 0, 50)),
        ["a connection id of no bytes"] = (Code.FrameEncodingError, static (ref w) => { Raw(ref w, FrameType.NewConnectionId, 9, 0, 0); w.WriteZeros(16); }
        ),
        ["a connection id of 21 bytes"] = (Code.FrameEncodingError, static (ref w) => { Raw(ref w, FrameType.NewConnectionId, 9, 0, 21); w.WriteZeros(21 + 16); }
        ),
        ["waiting for more than 2^60 streams"] = (Code.FrameEncodingError, static (ref w) => new StreamsBlockedFrame(StreamDirection.Unidirectional, MaxStreamsFrame.MaxStreams + 1).Write(ref w)),
        ["crypto data beyond the buffer"] = (Code.CryptoBufferExceeded, static (ref w) => { CryptoFrame.WriteHeader(ref w, Limits.CryptoBuffer, 100); w.WriteZeros(100); }
        ),
        ["an unknown frame"] = (Code.FrameEncodingError, static (ref w) => w.WriteVarInt(0x2f)),
        ["an extension frame that was not negotiated"] = (Code.FrameEncodingError, static (ref w) => w.WriteVarInt(0x3e75)),
        ["a frame type in a long form"] = (Code.FrameEncodingError, static (ref w) => w.WriteVarInt2(1)),
        ["a truncated frame"] = (Code.FrameEncodingError, static (ref w) => w.WriteByte((byte)FrameType.MaxData)),
        ["no frame at all"] = (Code.ProtocolViolation, static (ref w) => { }
        ),
        ["HANDSHAKE_DONE from a client"] = (Code.ProtocolViolation, static (ref w) => w.WriteByte((byte)FrameType.HandshakeDone)),
        ["NEW_TOKEN from a client"] = (Code.ProtocolViolation, static (ref w) => NewTokenFrame.Write(ref w, [1])),
        ["an empty NEW_TOKEN"] = (Code.ProtocolViolation, static (ref w) => { w.WriteByte((byte)FrameType.NewToken); w.WriteVarInt(0); }
        ),
        ["more connection ids than the limit"] = (Code.ConnectionIdLimitError, static (ref w) => { for (var i = 100UL; i < 106; i++) Id(ref w, i, 0); }
        ),
        ["ids replaced without end"] = (Code.ConnectionIdLimitError, static (ref w) => { for (var i = 100UL; i < 125; i++) Id(ref w, i, i); }
        ),
        ["an id sequence number used twice"] = (Code.ProtocolViolation, static (ref w) => { Id(ref w, 100, 50, 1); Id(ref w, 100, 50, 2); }
        ),
        ["an id that retires itself"] = (Code.FrameEncodingError, static (ref w) => Id(ref w, 100, 101)),
        ["retiring an id that was never issued"] = (Code.ProtocolViolation, static (ref w) => new RetireConnectionIdFrame(500).Write(ref w)),
        ["retiring the id in use"] = (Code.ProtocolViolation, static (ref w) => new RetireConnectionIdFrame(0).Write(ref w)),
        ["a limit above 2^60 streams"] = (Code.FrameEncodingError, static (ref w) => new MaxStreamsFrame(StreamDirection.Bidirectional, MaxStreamsFrame.MaxStreams + 1).Write(ref w)),
        ["a stream that ends beyond 2^62"] = (Code.FrameEncodingError, static (ref w) => Data(ref w, ClientUni, (1UL << 62) - 2, 5)),
        ["a datagram larger than allowed"] = (Code.ProtocolViolation, static (ref w) => DatagramFrame.Write(ref w, new byte[600])),
    };

    // What only a server can do wrong, and what both can: the client is the victim here.
    private static readonly Dictionary<string, (Code Code, WriteFrames Frames)> ServerViolations = new()
    {
        ["an empty NEW_TOKEN"] = (Code.FrameEncodingError, static (ref w) => { w.WriteByte((byte)FrameType.NewToken); w.WriteVarInt(0); }
        ),
        ["data above the stream's credit"] = (Code.FlowControlError, static (ref w) => Data(ref w, ServerUni, 5000, 200)),
        ["a stream above the limit"] = (Code.StreamLimitError, static (ref w) => Data(ref w, ServerUni + (4 * 100), 0, 1)),
        ["data on our own unidirectional stream"] = (Code.StreamStateError, static (ref w) => Data(ref w, ClientUni, 0, 1)),
        ["data beyond the final size"] = (Code.FinalSizeError, static (ref w) => { Data(ref w, ServerUni, 0, 10, isFin: true); Data(ref w, ServerUni, 10, 1); }
        ),
        ["an acknowledgement of what was never sent"] = (Code.ProtocolViolation, static (ref w) => AckFrame.TryWrite(ref w, [new NumberRange(5_000_000, 5_000_001)], 0, null, 1)),
        ["crypto data beyond the buffer"] = (Code.CryptoBufferExceeded, static (ref w) => { CryptoFrame.WriteHeader(ref w, Limits.CryptoBuffer, 100); w.WriteZeros(100); }
        ),
        ["more connection ids than the limit"] = (Code.ConnectionIdLimitError, static (ref w) => { for (var i = 100UL; i < 106; i++) Id(ref w, i, 0); }
        ),
        ["an unknown frame"] = (Code.FrameEncodingError, static (ref w) => w.WriteVarInt(0x2f)),
        ["a datagram larger than allowed"] = (Code.ProtocolViolation, static (ref w) => DatagramFrame.Write(ref w, new byte[600])),
    };

    public static TheoryData<string> Names => [.. Violations.Keys];

    public static TheoryData<string> ServerNames => [.. ServerViolations.Keys];

    [Theory, MemberData(nameof(Names))]
    public void A_violation_ends_the_connection_with_its_code(string violation)
    {
        var (code, frames) = Violations[violation];
        using var pair = NewPair();

        NewForger(pair).Send(frames);

        Assert.Equal((ConnectionCloseKind.LocalTransport, code), (pair.Server.Core.CloseReason?.Kind, (Code)(pair.Server.Core.CloseReason?.Code ?? 0)));
    }

    [Theory, MemberData(nameof(ServerNames))]
    public void A_servers_violation_ends_the_connection_with_its_code(string violation)
    {
        var (code, frames) = ServerViolations[violation];
        using var pair = new ConnectedPair(1, client: new ConnectionOptions { InitialConnectionWindow = 6000, InitialStreamWindow = 5000, MaxDatagramFrameSize = 500 });

        new Forger(pair.Network, pair.ClientHost, pair.Client.Core, pair.Server.Core) { From = pair.ServerHost.Address }.Send(frames);

        Assert.Equal((ConnectionCloseKind.LocalTransport, code), (pair.Client.Core.CloseReason?.Kind, (Code)(pair.Client.Core.CloseReason?.Code ?? 0)));
    }

    [Fact]
    public void A_datagram_that_was_not_asked_for_ends_the_connection()
    {
        using var pair = new ConnectedPair(1, server: new ConnectionOptions { MaxDatagramFrameSize = 0 });

        NewForger(pair).Send(static (ref w) => DatagramFrame.Write(ref w, []));

        Assert.Equal((ulong)Code.ProtocolViolation, pair.Server.Core.CloseReason?.Code);
    }

    [Theory]
    [InlineData("", 0x100 + 109)]
    [InlineData("0102", (ulong)Code.TransportParameterError)]
    [InlineData("01", (ulong)Code.TransportParameterError)]
    [InlineData("0f080000000000000000", (ulong)Code.TransportParameterError)]
    [InlineData("0401050401050f00", (ulong)Code.TransportParameterError)]
    public void Parameters_that_break_the_rules_end_the_handshake_at_either_end(string hex, ulong code)
    {
        foreach (var isServerEvil in (ReadOnlySpan<bool>)[false, true])
        {
            var evil = new TamperingProvider(static _ => { }, _ => Convert.FromHexString(hex));
            using var network = new SimulatedNetwork(1);
            var server = network.AddHost(isServer: true, isServerEvil ? evil : null);
            var connection = network.AddHost(isServer: false, isServerEvil ? null : evil).Connect(server);
            network.RunUntil(() => connection.Core.CloseReason is not null && server.Connections[0].Core.CloseReason is not null, TimeSpan.FromSeconds(20));

            var victim = isServerEvil ? connection.Core : server.Connections[0].Core;
            Assert.Equal((ConnectionCloseKind.LocalTransport, code), (victim.CloseReason!.Kind, victim.CloseReason.Code));
        }
    }

    [Fact]
    public void Garbage_behind_the_packets_of_a_datagram_does_not_keep_a_handshake_from_succeeding()
    {
        using var network = new SimulatedNetwork(1);
        var (server, client, random) = (network.AddHost(isServer: true), network.AddHost(isServer: false), new SeededRandom(8));
        network.Tamper = datagram =>
        {
            var garbage = new byte[random.Next(200)];
            random.Fill(garbage);
            return [.. datagram, .. garbage];
        };

        var connection = client.Connect(server);
        network.RunUntil(() => connection.Core.IsEstablished && server.Connections[0].Core.IsEstablished, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void The_peer_is_told_the_code_the_reason_and_the_frame()
    {
        using var pair = NewPair();

        NewForger(pair).Send(static (ref w) => new StopSendingFrame(ServerUni, 1).Write(ref w));
        pair.RunUntil(() => pair.Client.Core.CloseReason is not null);

        Assert.Equal(pair.Server.Core.CloseReason! with { Kind = ConnectionCloseKind.PeerTransport }, pair.Client.Core.CloseReason);
        Assert.Equal(FrameType.StopSending, pair.Client.Core.CloseReason!.FrameType);
    }

    [Fact]
    public void Reserved_bits_in_a_header_end_the_connection()
    {
        using var pair = NewPair();

        NewForger(pair).Send(static (ref w) => w.WriteByte(1), setsReservedBits: true);

        Assert.Equal((ulong)Code.ProtocolViolation, pair.Server.Core.CloseReason?.Code);
    }

    [Fact]
    public void An_optimistic_acknowledgement_is_unmasked_by_a_skipped_packet_number()
    {
        using var pair = NewPair(new ConnectionOptions { InitialConnectionWindow = 3 << 20 });
        pair.Server.Send(Pattern.Bytes(3_000_000));
        pair.Network.RunFor(TimeSpan.FromSeconds(1));
        var sent = pair.Server.Core.Statistics.PacketsSent;

        NewForger(pair).Send((ref w) => AckFrame.TryWrite(ref w, [new NumberRange(0, sent - 20)], 0, null, 1));

        Assert.True(pair.Server.Core.CloseReason is { Code: (ulong)Code.ProtocolViolation } || pair.Server.Core.Statistics.PacketsSent == sent);
    }

    [Fact]
    public void Frames_in_the_wrong_packets_end_the_handshake()
    {
        foreach (var type in (ReadOnlySpan<byte>)[0x04, 0x05, 0x08, 0x10, 0x11, 0x12, 0x16, 0x18, 0x19, 0x1a, 0x1b, 0x1d, 0x1e, 0x30])
        {
            using var network = new SimulatedNetwork(1);
            var server = network.AddHost(isServer: true);
            var client = network.AddHost(isServer: false);
            var connection = client.Connect(server);
            network.Filter = (from, _) => from != client || server.Connections.Count == 0;
            network.RunUntil(() => server.Connections.Count == 1, TimeSpan.FromSeconds(1));
            var victim = server.Connections[0].Core;
            var forger = new Forger(network, server, victim, connection.Core) { From = client.Address };

            forger.SendInitial(connection.Core.Path.Destination.Id, victim.Path.Destination.Id, (ref w) => w.WriteByte(type));

            Assert.Equal((ulong)Code.ProtocolViolation, victim.CloseReason?.Code);
        }
    }

    [Fact]
    public void Garbage_behind_a_packet_and_forged_packets_are_ignored()
    {
        using var pair = new ConnectedPair();
        var random = new SeededRandom(11);
        var bytes = Pattern.Bytes(300_000);
        pair.Client.Send(bytes);

        for (var i = 0; i < 3000; i++)
        {
            var garbage = new byte[1 + random.Next(200)];
            random.Fill(garbage);
            if (i % 2 == 0)
                pair.Client.Core.Path.Destination.Id.Bytes[..Math.Min(8, garbage.Length - 1)].CopyTo(garbage.AsSpan(1));
            pair.Server.Core.Receive(garbage, pair.Server.Core.Path.Address, Ecn.NotCapable, pair.Network.Now);
        }

        pair.RunUntil(() => pair.Server.Received.Values.Any(static stream => stream.IsFinished));
        Assert.Equal(bytes, pair.Server.Received.Values.Single().Bytes);
    }

    [Theory, MemberData(nameof(Seeds.Many), MemberType = typeof(Seeds))]
    public void Random_frames_in_genuine_packets_never_break_the_server(ulong seed)
    {
        var random = new SeededRandom(seed);
        for (var round = 0; round < 6; round++)
        {
            using var pair = NewPair();
            var forger = NewForger(pair);
            for (var i = 0; i < 50 && pair.Server.Core.CloseReason is null; i++)
                forger.Send((ref w) => Garble(ref w, random));
            pair.Network.RunFor(TimeSpan.FromMilliseconds(100));
        }
    }

    // Mostly plausible frames with random numbers, so that the states behind the parsers are reached.
    private static void Garble(ref PacketWriter writer, SeededRandom random)
    {
        writer.WriteVarInt(random.Next(0x32));
        for (var fields = random.Next(6); fields > 0; fields--)
            writer.WriteVarInt(random.Chance(0.7) ? random.Next(20) : random.NextWord() >> (2 + (int)random.Next(62)));
        random.Fill(writer.Take((int)random.Next(100)));
    }

    private static ConnectedPair NewPair(ConnectionOptions? options = null) => new(
        1, server: (options ?? new ConnectionOptions { InitialConnectionWindow = 6000 }) with { InitialStreamWindow = 5000, MaxDatagramFrameSize = 500 });

    private static Forger NewForger(ConnectedPair pair) => new(pair.Network, pair.ServerHost, pair.Server.Core, pair.Client.Core) { From = pair.ClientHost.Address };

    private static void Data(ref PacketWriter writer, ulong stream, ulong offset, int length, bool isFin = false)
    {
        StreamFrame.WriteHeader(ref writer, stream, offset, length, isFin);
        writer.WriteZeros(length);
    }

    private static void Raw(ref PacketWriter writer, params ReadOnlySpan<ulong> numbers)
    {
        foreach (var number in numbers)
            writer.WriteVarInt(number);
    }

    private static void Id(ref PacketWriter writer, ulong sequence, ulong retirePriorTo, byte variant = 0) =>
        new NewConnectionIdFrame(sequence, retirePriorTo, new ConnectionId([variant, .. BitConverter.GetBytes(sequence)]), new StatelessResetToken(new byte[16])).Write(ref writer);
}
