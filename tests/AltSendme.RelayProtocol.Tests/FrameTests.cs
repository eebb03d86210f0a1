using AltSendme.TestKit;

namespace AltSendme.RelayProtocol.Tests;

public sealed class FrameTests
{
    private static readonly byte[] Peer = Enumerable.Range(1, 32).Select(static i => (byte)i).ToArray();

    [Fact]
    public void A_packet_of_1200_bytes_is_a_frame_of_1234_as_between_real_peers()
    {
        var frame = new byte[2000];
        var datagrams = new Datagrams { Peer = Peer, Ecn = 0, SegmentSize = 0, Contents = new byte[1200] };

        Assert.Equal(1234, datagrams.Write(frame, fromRelay: false));
        Assert.Equal(4, frame[0]);
        Assert.Equal(1234, datagrams.Write(frame, fromRelay: true));
        Assert.Equal(6, frame[0]);
    }

    // Laid out by hand after the protocol's description: type, id, congestion mark, segment size, contents.
    [Theory]
    [InlineData("04" + PeerHex + "02" + "CAFE", FrameType.ClientToRelayDatagram, 2, 0, "CAFE")]
    [InlineData("05" + PeerHex + "03" + "0002" + "CAFEBABE01", FrameType.ClientToRelayBatch, 3, 2, "CAFEBABE01")]
    [InlineData("05" + PeerHex + "00" + "0000" + "CAFE", FrameType.ClientToRelayBatch, 0, 0, "CAFE")]
    [InlineData("4004" + PeerHex + "01", FrameType.ClientToRelayDatagram, 1, 0, "")]
    public void Datagrams_of_a_client_are_read_as_they_are_laid_out(string hex, FrameType type, byte ecn, ushort segment, string contents)
    {
        Assert.True(ClientFrame.TryRead(Convert.FromHexString(hex), out var frame, out var fault), fault.ToString());

        Assert.Equal(type, frame.Type);
        Assert.Equal(Peer, frame.Datagrams.Peer.ToArray());
        Assert.Equal(ecn, frame.Datagrams.Ecn);
        Assert.Equal(segment, frame.Datagrams.SegmentSize);
        Assert.Equal(contents, Convert.ToHexString(frame.Datagrams.Contents));
    }

    [Theory]
    [InlineData("090102030405060708", FrameType.Ping)]
    [InlineData("0A0102030405060708", FrameType.Pong)]
    public void Pings_and_pongs_carry_eight_bytes(string hex, FrameType type)
    {
        var bytes = Convert.FromHexString(hex);
        var written = new byte[16];

        Assert.True(ClientFrame.TryRead(bytes, out var frame, out _));
        Assert.Equal(type, frame.Type);
        Assert.Equal(0x0102030405060708UL, frame.Nonce);
        Assert.Equal(bytes, written[..ControlFrames.WritePing(written, type, frame.Nonce)]);
        Assert.True(RelayFrame.TryRead(bytes, RelayVersion.V2, out var fromRelay, out _));
        Assert.Equal(frame.Nonce, fromRelay.Nonce);
    }

    [Theory]
    [InlineData("", FrameFault.BadLength)]
    [InlineData("04", FrameFault.BadLength)]
    [InlineData("04" + PeerHex, FrameFault.BadLength)]
    [InlineData("05" + PeerHex + "0000", FrameFault.BadLength)]
    [InlineData("0901020304050607", FrameFault.BadLength)]
    [InlineData("09010203040506070809", FrameFault.BadLength)]
    [InlineData("06" + PeerHex + "00", FrameFault.NotAllowed)]
    [InlineData("01" + PeerHex + "40", FrameFault.NotAllowed)]
    [InlineData("08" + PeerHex, FrameFault.NotAllowed)]
    [InlineData("0E", FrameFault.UnknownType)]
    [InlineData("FFFFFFFFFFFFFFFF", FrameFault.UnknownType)]
    [InlineData("80", FrameFault.BadLength)]
    public void What_a_client_may_not_send_is_refused_with_its_reason(string hex, FrameFault expected)
    {
        Assert.False(ClientFrame.TryRead(Convert.FromHexString(hex), out _, out var fault));
        Assert.Equal(expected, fault);
    }

    [Fact]
    public void A_payload_of_64_KiB_passes_and_one_byte_more_does_not()
    {
        var longest = new byte[1 + RelayLimits.MaxPayload];
        longest[0] = (byte)FrameType.ClientToRelayDatagram;

        Assert.True(ClientFrame.TryRead(longest, out _, out _));
        Assert.False(ClientFrame.TryRead([.. longest, 0], out _, out var fault));
        Assert.Equal(FrameFault.TooLarge, fault);
    }

    [Fact]
    public void A_restart_tells_when_to_come_back_and_how_long_to_try()
    {
        var bytes = new byte[16];
        var length = ControlFrames.WriteRestarting(bytes, TimeSpan.FromMilliseconds(1500), TimeSpan.FromSeconds(10));

        Assert.Equal("0C000005DC00002710", Convert.ToHexString(bytes.AsSpan(0, length)));
        Assert.True(RelayFrame.TryRead(bytes.AsSpan(0, length), RelayVersion.V2, out var frame, out _));
        Assert.Equal(TimeSpan.FromMilliseconds(1500), frame.ReconnectIn);
        Assert.Equal(TimeSpan.FromSeconds(10), frame.TryFor);
    }

    [Theory]
    [InlineData(ClientStatus.Healthy)]
    [InlineData(ClientStatus.SameEndpointIdConnected)]
    [InlineData(ClientStatus.RateLimited)]
    public void A_status_is_a_number_in_version_2_and_a_text_in_version_1(ClientStatus status)
    {
        var bytes = new byte[128];

        var length = ControlFrames.WriteStatus(bytes, RelayVersion.V2, status);
        Assert.True(RelayFrame.TryRead(bytes.AsSpan(0, length), RelayVersion.V2, out var frame, out _));
        Assert.Equal(status, frame.Status);
        Assert.False(RelayFrame.TryRead(bytes.AsSpan(0, length), RelayVersion.V1, out _, out var fault));
        Assert.Equal(FrameFault.NotAllowed, fault);

        length = ControlFrames.WriteStatus(bytes, RelayVersion.V1, status);
        Assert.True(RelayFrame.TryRead(bytes.AsSpan(0, length), RelayVersion.V1, out frame, out _));
        Assert.NotEmpty(frame.ProblemText());
        Assert.False(RelayFrame.TryRead(bytes.AsSpan(0, length), RelayVersion.V2, out _, out _));
    }

    [Fact]
    public void A_status_of_times_to_come_is_read_and_its_number_kept()
    {
        Assert.True(RelayFrame.TryRead([13, 200, 1, 2, 3], RelayVersion.V2, out var frame, out _));
        Assert.Equal(200, (int)frame.Status);
    }

    [Theory]
    [InlineData("0BFFFE", RelayVersion.V1, FrameFault.NotText)]
    [InlineData("0D", RelayVersion.V2, FrameFault.BadLength)]
    [InlineData("0C00000000", RelayVersion.V2, FrameFault.BadLength)]
    [InlineData("08" + PeerHex + "00", RelayVersion.V2, FrameFault.BadLength)]
    [InlineData("04" + PeerHex + "00", RelayVersion.V2, FrameFault.NotAllowed)]
    [InlineData("02", RelayVersion.V2, FrameFault.NotAllowed)]
    public void What_a_relay_may_not_send_is_refused_with_its_reason(string hex, RelayVersion version, FrameFault expected)
    {
        Assert.False(RelayFrame.TryRead(Convert.FromHexString(hex), version, out _, out var fault));
        Assert.Equal(expected, fault);
    }

    [Fact]
    public void Whatever_is_written_is_read_back() => Seeds.Run(500, static random =>
    {
        var peer = random.Bytes(32);
        var contents = random.Bytes(random.Next(RelayLimits.MaxContents + 1));
        var written = new Datagrams { Peer = peer, Ecn = (byte)random.Next(4), SegmentSize = (ushort)random.Next(3000), Contents = contents };
        var bytes = new byte[written.EncodedLength];

        Assert.Equal(bytes.Length, written.Write(bytes, fromRelay: true));
        Assert.True(RelayFrame.TryRead(bytes, RelayVersion.V1, out var frame, out _));
        Assert.Equal(peer, frame.Datagrams.Peer.ToArray());
        Assert.Equal(written.Ecn, frame.Datagrams.Ecn);
        Assert.Equal(written.SegmentSize, frame.Datagrams.SegmentSize);
        Assert.True(frame.Datagrams.Contents.SequenceEqual(contents));
    });

    [Fact]
    public void Random_bytes_are_read_or_refused_and_nothing_else_happens() => Seeds.Run(20_000, static random =>
    {
        var bytes = random.Bytes(random.Next(120));
        if (bytes.Length > 0 && random.Next(4) > 0)
            bytes[0] = (byte)random.Next(16);

        if (ClientFrame.TryRead(bytes, out var frame, out var fault))
            Assert.True(frame.Datagrams.Contents.Length + frame.Datagrams.Peer.Length < bytes.Length);
        else
            Assert.NotEqual(FrameFault.None, fault);
        if (!RelayFrame.TryRead(bytes, (RelayVersion)random.Next(1, 3), out _, out fault))
            Assert.NotEqual(FrameFault.None, fault);
    });

    [Theory]
    [InlineData("iroh-relay-v2, iroh-relay-v1", RelayVersion.V2)]
    [InlineData("iroh-relay-v1,iroh-relay-v2", RelayVersion.V2)]
    [InlineData("iroh-relay-v9, iroh-relay-v1", RelayVersion.V1)]
    [InlineData(" iroh-relay-v1 ", RelayVersion.V1)]
    public void The_latest_version_that_both_know_is_picked(string offered, RelayVersion expected)
    {
        Assert.True(RelayVersions.TryPick(offered, out var version, out var name));
        Assert.Equal(expected, version);
        Assert.True(RelayVersions.TryParse(name, out var parsed) && parsed == expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("chat, superchat")]
    [InlineData("iroh-relay-v22")]
    public void Without_a_common_version_none_is_picked(string offered) => Assert.False(RelayVersions.TryPick(offered, out _, out _));

    private const string PeerHex = "0102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F20";
}
