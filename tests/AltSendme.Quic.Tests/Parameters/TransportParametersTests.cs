using AltSendme.Quic.ConnectionIds;
using AltSendme.Quic.Crypto;
using AltSendme.Quic.Parameters;
using AltSendme.Quic.Simulation;

namespace AltSendme.Quic.Tests.Parameters;

/// <summary>RFC 9000, section 18.</summary>
public sealed class TransportParametersTests
{
    [Fact]
    public void Parameters_come_back_as_they_were_written()
    {
        var random = new SeededRandom(3);
        var buffer = new byte[TransportParametersWriter.MaxLength];
        for (var i = 0; i < 500; i++)
        {
            var parameters = new TransportParameters
            {
                OriginalDestinationConnectionId = new ConnectionId(Pattern.Bytes((int)random.Next(21))),
                InitialSourceConnectionId = new ConnectionId(Pattern.Bytes((int)random.Next(21))),
                RetrySourceConnectionId = i % 2 == 0 ? null : new ConnectionId(Pattern.Bytes((int)random.Next(21))),
                ResetToken = i % 3 == 0 ? null : new StatelessResetToken(Pattern.Bytes(16, (ulong)i)),
                MaxIdleTimeout = TimeSpan.FromMilliseconds(random.Next(100_000)),
                MaxUdpPayloadSize = 1200 + random.Next(64_000),
                InitialMaxData = random.NextWord() >> 2,
                InitialMaxStreamDataBidiLocal = random.NextWord() >> 2,
                InitialMaxStreamDataBidiRemote = random.NextWord() >> 2,
                InitialMaxStreamDataUni = random.NextWord() >> 2,
                InitialMaxStreamsBidi = random.NextWord() >> 4,
                InitialMaxStreamsUni = random.NextWord() >> 4,
                AckDelayExponent = (int)random.Next(21),
                MaxAckDelay = TimeSpan.FromMilliseconds(random.Next(1 << 14)),
                DisableActiveMigration = i % 2 == 0,
                ActiveConnectionIdLimit = 2 + random.Next(100),
                MaxDatagramFrameSize = random.Next(70_000),
                GreaseQuicBit = i % 5 == 0,
                AddressDiscovery = (AddressDiscoveryRole)(i % 4),
                MinAckDelay = i % 4 == 0 ? null : TimeSpan.FromMicroseconds(random.Next(1000)),
            };
            parameters = parameters with { MinAckDelay = parameters.MinAckDelay > parameters.MaxAckDelay ? null : parameters.MinAckDelay };
            if (i % 4 == 0)
                parameters = parameters with { MinAckDelay = parameters.MaxAckDelay * random.NextDouble() };
            if (parameters.MinAckDelay is { } delay)
                parameters = parameters with { MinAckDelay = TimeSpan.FromMicroseconds(Math.Floor(delay.TotalMicroseconds)) };

            var length = TransportParametersWriter.Write(buffer, parameters, random);

            Assert.True(TransportParametersReader.TryRead(buffer.AsSpan(0, length), Side.Server, out var read, out var error), error.Reason);
            Assert.Equal(parameters, read);
        }
    }

    [Fact]
    public void The_parameters_of_a_real_iroh_client_are_understood_and_its_other_extensions_ignored()
    {
        // initial_max_path_id 7, NAT traversal 32, observed address, ack frequency, between known ones.
        var bytes = Convert.FromHexString(
            "010480007530" + "0304800005c0" + "0408ffffffffffffffff" + "3e0107" + "c0000000ff04de1b0243e8" + "c00000009f81a1760102" + "c0003d7f911204010120" + "0e0105" + "20048000ffff");

        Assert.True(TransportParametersReader.TryRead(bytes, Side.Client, out var read, out var error), error.Reason);
        Assert.Equal(TimeSpan.FromMilliseconds(1), read.MinAckDelay);
        Assert.Equal(AddressDiscoveryRole.Report | AddressDiscoveryRole.Learn, read.AddressDiscovery);
        Assert.Equal((TimeSpan.FromSeconds(30), 1472UL, (1UL << 62) - 1, 5UL, 65535UL), (read.MaxIdleTimeout, read.MaxUdpPayloadSize, read.InitialMaxData, read.ActiveConnectionIdLimit, read.MaxDatagramFrameSize));
    }

    [Fact]
    public void Parameters_may_come_in_any_order()
    {
        var random = new SeededRandom(4);
        var written = new byte[TransportParametersWriter.MaxLength];
        var parameters = new TransportParameters { InitialSourceConnectionId = new ConnectionId(Pattern.Bytes(8)), InitialMaxData = 1 << 20, MaxDatagramFrameSize = 65535 };
        for (var i = 0; i < 50; i++)
        {
            var bytes = written.AsSpan(0, TransportParametersWriter.Write(written, parameters, random));
            Assert.True(TransportParametersReader.TryRead(bytes, Side.Client, out var read, out _));
            Assert.Equal(parameters, read);
        }
    }

    [Theory]
    [InlineData("0d2d" + "c0a80001" + "1234" + "00000000000000000000000000000001" + "1234" + "04" + "01020304" + "000102030405060708090a0b0c0d0e0f", true)]
    [InlineData("0d29" + "c0a80001" + "1234" + "00000000000000000000000000000001" + "1234" + "00" + "000102030405060708090a0b0c0d0e0f", false)]
    [InlineData("0d06" + "c0a80001" + "1234", false)]
    public void A_preferred_address_must_be_well_formed(string hex, bool isTaken) =>
        Assert.Equal(isTaken, TransportParametersReader.TryRead(Convert.FromHexString(hex), Side.Server, out _, out _));

    [Theory]
    [InlineData("0101", "truncated value")]
    [InlineData("01", "truncated length")]
    [InlineData("010105010105", "repeated")]
    [InlineData("1b0003" + "1b00", "unknown one repeated")]
    [InlineData("030243ff", "max_udp_payload_size below 1200")]
    [InlineData("080 8d000000000000001", "streams above 2^60")]
    [InlineData("0a0115", "exponent above 20")]
    [InlineData("0b0480004000", "max_ack_delay of 2^14")]
    [InlineData("c0000000ff04de1b0480f42400", "min_ack_delay of 2^14 ms")]
    [InlineData("c0000000ff04de1b04800061a9", "min_ack_delay above max_ack_delay")]
    [InlineData("c00000009f81a1760103", "observed_address of none of its values")]
    [InlineData("c00000009f81a17600", "observed_address without a value")]
    [InlineData("0e0101", "connection id limit below 2")]
    [InlineData("0c0100", "flag with a value")]
    [InlineData("02100000000000000000000000000000000000", "reset token by a client")]
    [InlineData("0000", "original destination by a client")]
    [InlineData("0f1500000000000000000000000000000000000000000000", "connection id too long")]
    [InlineData("04024000ff", "integer with trailing bytes")]
    public void Parameters_that_break_the_rules_are_refused(string hex, string why)
    {
        var bytes = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

        Assert.False(TransportParametersReader.TryRead(bytes, Side.Client, out _, out var error), why);
        Assert.Equal(TransportErrorCode.TransportParameterError, error.Code);
    }

    [Fact]
    public void Garbage_never_makes_the_reader_throw()
    {
        var random = new SeededRandom(9);
        var buffer = new byte[80];
        for (var i = 0; i < 100_000; i++)
        {
            var length = (int)random.Next((uint)buffer.Length);
            random.Fill(buffer.AsSpan(0, length));
            TransportParametersReader.TryRead(buffer.AsSpan(0, length), (Side)(i & 1), out _, out _);
        }
    }
}
