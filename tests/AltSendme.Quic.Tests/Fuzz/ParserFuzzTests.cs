using AltSendme.Quic.Crypto;
using AltSendme.Quic.Endpoints;
using AltSendme.Quic.Frames;
using AltSendme.Quic.Packets;
using AltSendme.Quic.Parameters;
using AltSendme.Quic.Paths;
using AltSendme.Quic.Simulation;
using AltSendme.Quic.Simulation.PlainCrypto;
using AltSendme.Quic.Streams;
using AltSendme.Quic.Tests.Frames;
using Xunit.Abstractions;

namespace AltSendme.Quic.Tests.Fuzz;

/// <summary>Damaged frames, packets and transport parameters: taken, or refused with a reason; never an exception.</summary>
public sealed class ParserFuzzTests(ITestOutputHelper output)
{
    [Fact]
    public void Damaged_frames_are_taken_or_refused() => new FuzzRun(output).Damage(FrameCorpus(), FuzzRun.Iterations, static input => FrameFuzz.Run(input));

    [Fact]
    public void Damaged_parameters_are_taken_within_their_limits_or_refused() => new FuzzRun(output).Damage(ParameterCorpus(), FuzzRun.Iterations, static input =>
    {
        foreach (var sender in (ReadOnlySpan<Side>)[Side.Client, Side.Server])
        {
            if (!TransportParametersReader.TryRead(input, sender, out var read, out var error))
            {
                Assert.Equal(TransportErrorCode.TransportParameterError, error.Code);
                continue;
            }

            Assert.True(read.MaxUdpPayloadSize >= 1200 && read.ActiveConnectionIdLimit >= 2 && read.AckDelayExponent <= 20 && read.MaxAckDelay < TimeSpan.FromMilliseconds(1 << 14));
            Assert.True(read.InitialMaxStreamsBidi <= MaxStreamsFrame.MaxStreams && read.InitialMaxStreamsUni <= MaxStreamsFrame.MaxStreams);
            Assert.True(sender == Side.Server || (read.ResetToken is null && read.OriginalDestinationConnectionId is null && read.RetrySourceConnectionId is null));
        }
    });

    [Fact]
    public void Damaged_datagrams_are_routed_answered_smaller_or_dropped()
    {
        var random = new SeededRandom((ulong)FuzzRun.Seed);
        var server = new Endpoint(new EndpointOptions { AcceptsConnections = true, MaxResetsPerSecond = int.MaxValue }, new PlainProvider(), random);
        var response = new byte[Limits.MinDatagram];
        new FuzzRun(output).Damage(PacketCorpus(random), FuzzRun.Iterations, input =>
        {
            var route = server.Route(input, new NetworkPath(default, NetworkAddress.Opaque(5)), response, new Instant(1000));
            Assert.True(route.ResponseLength <= input.Length, "An answer is longer than what it answers.");
            if (route.Incoming is { } incoming)
                Assert.True(input.Length >= Limits.MinDatagram && !incoming.IsAddressValidated && server.WriteRetry(incoming, response, new Instant(1000)) <= input.Length);
        });
    }

    private static List<byte[]> FrameCorpus()
    {
        var random = new SeededRandom(1);
        List<byte[]> corpus = [];
        for (var i = 0; i < 40; i++)
        {
            corpus.Add(Written((ref w) => AckFrame.TryWrite(ref w, [new NumberRange(3, 9), new NumberRange(20, 4000), new NumberRange(1 << 20, 1 << 21)], random.Next(9000), new EcnCounts(1, random.Next(99), 3), 8)));
            corpus.Add(Written((ref w) => { StreamFrame.WriteHeader(ref w, random.Next(900), random.NextWord() >> 2, 30, i % 2 == 0); w.WriteZeros(30); }
            ));
            corpus.Add(Written((ref w) => { CryptoFrame.WriteHeader(ref w, random.NextWord() >> 4, 20); w.WriteZeros(20); }
            ));
            corpus.Add(Written((ref w) => new NewConnectionIdFrame(9, 3, new ConnectionId(Pattern.Bytes(8)), new(new byte[16])).Write(ref w)));
            corpus.Add(Written((ref w) => NewTokenFrame.Write(ref w, Pattern.Bytes(1 + (int)random.Next(60)))));
            corpus.Add(Written((ref w) => new ConnectionCloseFrame { IsApplication = i % 2 == 0, Code = random.NextWord() >> 2, CauseType = 6, Reason = "reason"u8 }.Write(ref w)));
            corpus.Add(Written((ref w) => DatagramFrame.Write(ref w, Pattern.Bytes((int)random.Next(60)))));
            corpus.Add(Written((ref w) => new ResetStreamFrame(random.NextWord() >> 2, random.NextWord() >> 30, random.NextWord() >> 2).Write(ref w)));
            corpus.Add(Written((ref w) => new MaxStreamsFrame(StreamDirection.Bidirectional, random.NextWord() >> 4).Write(ref w)));
            corpus.Add(Written((ref w) => new PathChallengeFrame(random.NextWord()).Write(ref w)));
            corpus.Add(Written((ref w) => new ObservedAddressFrame(random.Next(9), new NetworkAddress(i % 2 == 0 ? AddressKind.IPv4 : AddressKind.IPv6, random.Next(99), 7)).Write(ref w)));
            corpus.Add(Written((ref w) => new AckFrequencyFrame(random.Next(9), random.Next(900), random.NextWord() >> 2, random.Next(9)).Write(ref w)));
        }

        // The parsers read what follows the type, which is one byte or, for the last, two.
        return [.. corpus.Select(static frame => frame[QuicVarIntLength(frame)..])];
    }

    private static int QuicVarIntLength(byte[] frame) => 1 << (frame[0] >> 6);

    private static List<byte[]> ParameterCorpus()
    {
        var random = new SeededRandom(2);
        var buffer = new byte[TransportParametersWriter.MaxLength];
        List<byte[]> corpus = [];
        for (var i = 0; i < 64; i++)
        {
            var isServer = i % 2 == 0;
            var parameters = new TransportParameters
            {
                InitialSourceConnectionId = new ConnectionId(Pattern.Bytes((int)random.Next(21))),
                OriginalDestinationConnectionId = isServer ? new ConnectionId(Pattern.Bytes(8)) : null,
                ResetToken = isServer ? new(Pattern.Bytes(16)) : null,
                MaxIdleTimeout = TimeSpan.FromMilliseconds(random.Next(100_000)),
                InitialMaxData = random.NextWord() >> 2,
                InitialMaxStreamsBidi = random.NextWord() >> 4,
                MaxDatagramFrameSize = random.Next(70_000),
                GreaseQuicBit = i % 3 == 0,
            };
            corpus.Add(buffer[..TransportParametersWriter.Write(buffer, parameters, random)]);
        }

        corpus.Add(Convert.FromHexString("0d2d" + "c0a80001" + "1234" + "00000000000000000000000000000001" + "1234" + "04" + "01020304" + "000102030405060708090a0b0c0d0e0f"));
        return corpus;
    }

    private static List<byte[]> PacketCorpus(SeededRandom random)
    {
        var provider = new PlainProvider();
        var client = new Endpoint(new EndpointOptions(), provider, random);
        var server = new Endpoint(new EndpointOptions { AcceptsConnections = true }, provider, random);
        List<byte[]> corpus = [];
        var buffer = new byte[1500];
        for (var i = 0; i < 20; i++)
        {
            using var connection = client.Connect(provider, new ConnectionOptions(), new NetworkPath(default, NetworkAddress.Opaque(1)), new Instant(1));
            Assert.True(connection.TryTransmit(buffer, new Instant(1), out var transmit));
            corpus.Add(buffer[..transmit.Length]);
            var incoming = server.Route(corpus[^1], new NetworkPath(default, NetworkAddress.Opaque(2)), buffer, new Instant(1)).Incoming!;
            corpus.Add(buffer[..server.WriteRetry(incoming, buffer, new Instant(1))]);
            corpus.Add(buffer[..server.WriteRefusal(incoming, TransportErrorCode.ConnectionRefused, buffer)]);
            corpus.Add(buffer[..VersionNegotiationPacket.Write(buffer, incoming.Source.Bytes, incoming.Destination.Bytes)]);
            corpus.Add([0x41, .. Pattern.Bytes(40 + i)]);
        }

        return corpus;
    }

    private static byte[] Written(WriteFrames write)
    {
        var writer = new PacketWriter(new byte[300]);
        write(ref writer);
        return writer.Written.ToArray();
    }
}
